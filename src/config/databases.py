"""The two databases that an office can choose, as Django wants them described."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# How long a request waits for a connection before it is told that the database is away.
POOL_SECONDS = 5
# How long the pool tries by itself, at growing intervals; after that the next request tries at once. So a database that is
# back is found within this time, however long it was away.
RECONNECT_SECONDS = 2


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


def postgresql(url: str, *, pool: int = 4, name: str = "DATABASE_URL") -> dict[str, object]:
    """The server and the database that the address names, with at most so many connections of each process.

    Nothing is kept on a connection beyond its transaction (no prepared statement, no cursor, no lock, no setting), so
    that a pooler such as pgbouncer may stand between, in transaction mode.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"TAKAR_{name} harus berbentuk postgresql://pengguna:sandi@host:5432/nama.")
    if pool < 2:  # noqa: PLR2004 -- whoever prepares the database holds a second one
        raise ImproperlyConfigured("TAKAR_DATABASE_POOL paling sedikit 2.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # A database that went away and came back is noticed before a request is given a dead connection.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {
                "min_size": 1,
                "max_size": pool,
                "timeout": POOL_SECONDS,
                "reconnect_timeout": RECONNECT_SECONDS,
            }
        },
    }
