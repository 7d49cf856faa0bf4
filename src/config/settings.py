"""All settings. What an office may change is an environment variable TAKAR_*; the rest is the same everywhere."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config import databases, env, secrets_file

ROOT = Path(__file__).resolve().parents[2]
DEMO = env.flag("DEMO")
DATA_DIR = env.folder("DATA", ROOT / ("demo-data" if DEMO else "data"))

SECRET_KEY = env.text("SECRET_KEY") or secrets_file.read_or_make(DATA_DIR / "keys" / "secret")
DEBUG = False
ALLOWED_HOSTS = env.words("HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("ORIGINS")
HTTPS = env.flag("HTTPS")
# What the QR codes of printed sheets lead to.
ADDRESS = env.text("ADDRESS", "http://localhost:8000")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "takar.common",
    "takar.repeats",
    "takar.audit",
    "takar.files",
    "takar.accounts",
    "takar.organisation",
    "takar.jobs",
    "takar.notices",
    "takar.procedures",
    "takar.appraisal",
    "takar.documents",
    "takar.archive",
    "takar.casework",
    "takar.exchange",
    "takar.review",
    "takar.privacy",
    "takar.resets",
    "takar.reports",
    "takar.web",
    "takar.api",
]

MIDDLEWARE = [
    "takar.web.watching.Watched",
    "takar.web.probes.Probes",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "takar.web.middleware.SecureHeaders",
    "takar.web.middleware.CountsShared",
    "takar.api.door.ApiDoor",
    "takar.web.middleware.BoundedBody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "takar.web.middleware.SessionEnds",
    "takar.web.reading.NotedReading",
    "takar.web.middleware.FirstInstallation",
    "takar.web.middleware.AuditContext",
    "takar.web.repeats.Once",
    "takar.web.middleware.ReadsCannotWrite",
    "takar.web.middleware.ErrorSentences",
    "takar.api.queries.KnownQueries",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "takar.web.context.page",
            ],
            "builtins": ["takar.web.templatetags.takar"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

DATABASE_URL = env.text("DATABASE_URL")
# The most connections to PostgreSQL that each process holds.
DATABASE_POOL = env.number("DATABASE_POOL", 4)
DATABASES = {
    "default": databases.postgresql(DATABASE_URL, pool=DATABASE_POOL) if DATABASE_URL else databases.sqlite(DATA_DIR)
}
# A read-only copy of the database for reports.
REPLICA_URL = env.text("REPLICA_URL")
if REPLICA_URL:
    DATABASES["replica"] = databases.postgresql(REPLICA_URL, pool=DATABASE_POOL, name="REPLICA_URL")
DATABASE_ROUTERS = ["takar.common.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "takar_cache"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["takar.web.backend.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "takar.accounts.passwords.ContextWords"},
]
# How often an address or a key asked is counted over all processes (takar.accounts.limits).
LIMITS_SHARED = True
# Who opened whose papers is noted after the answer (takar.privacy.readings).
READINGS_NOTED = True
# Words that everybody in this office would try, beside those of the program's own list.
PASSWORD_WORDS = env.words("PASSWORD_WORDS")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "takar.accounts.adapter.OfficeAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "takar.accounts.forms.SignInForm",
    "change_password": "takar.accounts.forms.ChangePasswordForm",
    "reauthenticate": "takar.accounts.forms.ConfirmPasswordForm",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
# Per person five wrong passwords in five minutes; per address thirty, because an office often shares one.
SIGN_INS_PER_MINUTE = env.number("SIGN_INS_PER_MINUTE", 60)
ACCOUNT_RATE_LIMITS = {"login": f"{SIGN_INS_PER_MINUTE}/m/ip", "login_failed": "30/m/ip,5/5m/key"}

# The sign-in of the regional government (OpenID Connect): its issuer, what this program is there, and which claim is the NIP.
OIDC_ISSUER = env.text("OIDC_ISSUER")
OIDC_CLIENT = env.text("OIDC_CLIENT")
OIDC_SECRET = env.text("OIDC_SECRET")
OIDC_CLAIM = env.text("OIDC_CLAIM", "nip")
OIDC_NAME = env.text("OIDC_NAME", "Akun daerah")
# 1: only Administrators still sign in with a password.
OIDC_ONLY = env.flag("OIDC_ONLY")
OIDC_SECONDS = 10
SOCIALACCOUNT_ADAPTER = "takar.accounts.oidc.OfficeSocialAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = OIDC_SECONDS
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"

# 1: nobody signs without a second factor.
SECOND_FACTOR_TO_SIGN = env.flag("SECOND_FACTOR_TO_SIGN")
MFA_ADAPTER = "takar.accounts.mfa.OfficeMfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "takar.accounts.forms.CodeForm",
    "reauthenticate": "takar.accounts.forms.ConfirmCodeForm",
    "activate_totp": "takar.accounts.forms.ActivateCodeForm",
    "add_webauthn": "takar.accounts.forms.PasskeyForm",
}
# An office shares one address, as at the other door.
MFA_RATE_LIMITS = {"webauthn_login": f"{SIGN_INS_PER_MINUTE}/m/ip"}
# A clock that is off by half a minute is no wrong code.
MFA_TOTP_TOLERANCE = 1
# Browsers give passkeys to https and to localhost alone; without HTTPS the latter is what remains.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

SESSION_ENGINE = "takar.accounts.session_store"
SESSION_COOKIE_AGE = 60 * env.number("SESSION_HOURS", 10) * 60
SESSION_IDLE_MINUTES = env.number("SESSION_IDLE_MINUTES", 60)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# A browser takes such a cookie from this very host only, and only over HTTPS.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-sesi", "__Host-csrf") if HTTPS else ("sessionid", "csrftoken")
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "takar.web.views.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
BEHIND_PROXY = env.flag("BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0

# Where contents are kept: empty is the folder "files" beside the database, "s3://bucket" an S3 service.
FILES = env.text("FILES")
S3: dict[str, Any] = {
    "endpoint": env.text("S3_ENDPOINT"),
    "region": env.text("S3_REGION"),
    "access_key": env.text("S3_ACCESS_KEY"),
    "secret_key": env.text("S3_SECRET_KEY"),
    "lock_days": env.number("S3_LOCK_DAYS", 0),
}

MAX_UPLOAD_BYTES = env.number("MAX_UPLOAD_MB", 10) * 1024 * 1024
MAX_BODY_BYTES = 6 * MAX_UPLOAD_BYTES
# A file within JSON is written as Base64, which is a third longer.
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD_BYTES * 3 // 2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 500
FILE_UPLOAD_TEMP_DIR = None

# Where users can have the source of this very version (AGPL-3.0 section 13); without it they ask the administrator.
SOURCE_URL = env.text("SOURCE_URL")

LANGUAGE_CODE = "id"
TIME_ZONE = env.text("TIME_ZONE", "Asia/Makassar")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "takar.web.static.ContentVersionedStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_IMMUTABLE_FILE_TEST = "^$"

EMAIL_HOST, EMAIL_PORT = env.text("SMTP_HOST"), env.number("SMTP_PORT", 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.text("SMTP_USER"), env.text("SMTP_PASSWORD")
SMTP_SECURITY = env.text("SMTP_SECURITY", "starttls")
if SMTP_SECURITY not in {"starttls", "tls", "none"}:
    raise ImproperlyConfigured(f"TAKAR_SMTP_SECURITY adalah {SMTP_SECURITY!r}; isilah starttls, tls, atau none.")
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = SMTP_SECURITY == "starttls", SMTP_SECURITY == "tls", 20
MAIL_FROM = env.text("SMTP_FROM", "takar@localhost")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Seals the office's signing keys; without it a file of the data folder (keys/signing), made on first use.
SIGNING_SECRET = env.text("SIGNING_SECRET")
# A time-stamp service (RFC 3161) makes signatures B-T; with its root certificates, a PEM file, they become B-LTA.
TSA_URL = env.text("TSA_URL")
TSA_ROOTS = env.text("TSA_ROOTS")
# The e-Sign client service of BSrE, for certified signatures.
BSRE_URL = env.text("BSRE_URL")
BSRE_USER = env.text("BSRE_USER")
BSRE_PASSWORD = env.text("BSRE_PASSWORD")
BSRE_VERSION = env.number("BSRE_VERSION", 2)
BSRE_ROOTS = env.text("BSRE_ROOTS")
SIGNING_SECONDS = env.number("SIGNING_SECONDS", 30)

CHECKPOINT_MINUTES = env.number("CHECKPOINT_MINUTES", 15)
# The public half of the office's recovery key: with it back-ups are for the holder of the other half only.
BACKUP_KEY = env.text("BACKUP_KEY")

# How long the work of a killed worker waits before another one takes it up.
JOB_LEASE_SECONDS = env.number("JOB_LEASE_SECONDS", 120)

# What a monitor may collect at /metrics is for the holder of this word only; empty: the address does not exist.
METRICS_TOKEN = env.text("METRICS_TOKEN")
SLOW_QUERY_MS = env.number("SLOW_QUERY_MS", 500)

LOG_FORMAT = env.choice("LOG_FORMAT", ("line", "json"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "config.logs.Line", "format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "config.logs.JsonLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
    "loggers": {
        "takar.request": {"level": "INFO" if env.flag("LOG_REQUESTS") else "WARNING"},
        "takar.security": {"level": "INFO"},
        # What is wrong with somebody's PDF is told to that person, not to the log.
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
    },
}
