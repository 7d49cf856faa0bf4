"""The two databases that an office can choose, as Django wants them described."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def sqlite(folder: Path) -> dict[str, object]:
    """The embedded file. Writers wait for each other at their beginning, and what was committed survives a power cut."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "takar.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;",
        },
    }


def postgresql(url: str) -> dict[str, object]:
    """The server and the database that the address names."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("TAKAR_DATABASE_URL harus berbentuk postgresql://pengguna:sandi@host:5432/nama.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": True},
    }
