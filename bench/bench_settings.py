"""The real settings with the bare page beside Takar's own."""

from config.settings import *  # noqa: F403 -- everything as it is

ROOT_URLCONF = "bare"
