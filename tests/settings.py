"""The settings under test: the real ones on a folder of their own, with a quick password hash."""

import os
import tempfile

os.environ["TAKAR_DATA"] = tempfile.mkdtemp(prefix="takar-test-")
os.environ.pop("TAKAR_DEMO", None)

from config.settings import *  # noqa: F403 -- the folder must be named before the settings are read

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLOWED_HOSTS = ["*"]
# Tests count a page's own questions; tests/privacy looks at what is noted after it.
READINGS_NOTED = LIMITS_SHARED = False
