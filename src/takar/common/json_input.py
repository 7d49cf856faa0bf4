"""A JSON object as a stranger sent it, with every figure exact; what is wrong with it is said in words."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from takar.rules.scoring.types import InputError, Problem

MAX_BYTES = 5_000_000
DEEPEST = 60
# No key types a null character and PostgreSQL keeps none; half of a surrogate pair is no letter at all.
NO_LETTERS = re.compile("[\0\ud800-\udfff]")


def parse(content: bytes, most: int = MAX_BYTES) -> Mapping[str, Any]:
    """The object; InputError or UnicodeDecodeError when there is none, for which `reason` has the words."""
    if len(content) > most:
        raise InputError([Problem("", f"Berkas lebih dari {most // 1_000_000} MB; periksa apakah berkasnya benar.")])
    text = content.decode("utf-8-sig")
    try:
        data = json.loads(text, parse_float=Decimal, object_pairs_hook=_without_duplicates)
    except InputError:
        raise
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise InputError([Problem("", f"Berkas bukan JSON yang benar ({error}); perbaiki lalu ulangi.")]) from None
    if not isinstance(data, dict):
        raise InputError([Problem("", "Isi berkas harus satu objek JSON { … }.")])
    if any(NO_LETTERS.search(text) for text in _texts(data)):
        raise InputError([Problem("", "Ada tanda yang bukan huruf (karakter nol atau setengah huruf); hapuslah.")])
    return data


def reason(error: Exception) -> str:
    """Why it could not be read at all."""
    if isinstance(error, OSError):
        return f"Berkas tidak dapat dibaca ({error.strerror or error}); periksa nama dan izinnya."
    if isinstance(error, UnicodeDecodeError):
        return "Berkas bukan teks UTF-8; simpan ulang sebagai JSON dengan pengodean UTF-8."
    return str(error)


def _texts(data: object) -> Iterator[str]:
    """Every text and key; InputError where parts lie deeper in each other than any reader of ours goes."""
    waiting = [(data, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > DEEPEST:
            raise InputError([Problem("", f"Isinya bersarang lebih dari {DEEPEST} tingkat; sederhanakan bentuknya.")])
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            yield from part
            waiting.extend((inner, depth + 1) for inner in part.values())
        elif isinstance(part, list):
            waiting.extend((inner, depth + 1) for inner in part)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise InputError([Problem(key, "Isian ini ada dua kali; hapus salah satu.") for key in _repeated(pairs)])
    return data


def _repeated(pairs: list[tuple[str, Any]]) -> list[str]:
    keys = [key for key, _ in pairs]
    return sorted({key for key in keys if keys.count(key) > 1})
