"""Typed reading of TAKAR_* variables: every setting that an office may change is read through here."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "ya"}, {"0", "false", "no", "tidak", ""}


def text(name: str, default: str = "") -> str:
    return os.environ.get(f"TAKAR_{name}", default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"TAKAR_{name} adalah {value!r}; isilah dengan 1 atau 0.")
    return value in TRUE


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"TAKAR_{name} adalah {value!r}; isilah dengan bilangan bulat, misalnya {default}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    return Path(text(name) or default).expanduser().resolve()


def choice(name: str, known: tuple[str, ...]) -> str:
    """One of the known words; the first unless something is set."""
    value = text(name, known[0])
    if value not in known:
        raise ImproperlyConfigured(f"TAKAR_{name} adalah {value!r}; isilah dengan {' atau '.join(known)}.")
    return value
