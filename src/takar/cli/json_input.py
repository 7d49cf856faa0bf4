"""A JSON object from a file or the standard input, with every figure exact; what is wrong with it is said in words."""

import json
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from takar.rules.scoring.types import InputError, Problem

MAX_BYTES = 5_000_000


def load(name: str) -> Mapping[str, Any]:
    """The object; InputError, OSError or UnicodeDecodeError when there is none, for which `reason` has the words."""
    content = _content(name)
    if len(content) > MAX_BYTES:
        raise InputError(
            [Problem("", f"Berkas lebih dari {MAX_BYTES // 1_000_000} MB; periksa apakah berkasnya benar.")]
        )
    text = content.decode("utf-8-sig")
    try:
        data = json.loads(text, parse_float=Decimal, object_pairs_hook=_without_duplicates)
    except InputError:
        raise
    except (ValueError, RecursionError) as error:
        raise InputError([Problem("", f"Berkas bukan JSON yang benar ({error}); perbaiki lalu ulangi.")]) from None
    if not isinstance(data, dict):
        raise InputError([Problem("", "Isi berkas harus satu objek JSON { … }.")])
    return data


def reason(error: Exception) -> str:
    """Why a file could not be read at all."""
    if isinstance(error, OSError):
        return f"Berkas tidak dapat dibaca ({error.strerror or error}); periksa nama dan izinnya."
    if isinstance(error, UnicodeDecodeError):
        return "Berkas bukan teks UTF-8; simpan ulang sebagai JSON dengan pengodean UTF-8."
    return str(error)


def _content(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(name).open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise InputError([Problem(key, "Isian ini ada dua kali; hapus salah satu.") for key in _repeated(pairs)])
    return data


def _repeated(pairs: list[tuple[str, Any]]) -> list[str]:
    keys = [key for key, _ in pairs]
    return sorted({key for key in keys if keys.count(key) > 1})
