"""Which regulations an SOP names, and which of them no longer hold on a day.

Regulation: the table `legal_status.toml`, each row with its source. A text names its regulation before "tentang": what
follows may name another one ("Ketentuan Pelaksanaan Peraturan Pemerintah Nomor 46 Tahun 2011").
"""

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

KINDS = (
    ("bkn", re.compile(r"(peraturan (kepala )?badan kepegawaian negara|per(ka|aturan) bkn)\b", re.IGNORECASE)),
    (
        "permenpanrb",
        re.compile(r"(peraturan menteri (negara )?(pendayagunaan|pan\b)|permen ?pan|per/\d+/m\.pan)", re.IGNORECASE),
    ),
    ("permendagri", re.compile(r"(peraturan menteri dalam negeri|permendagri)\b", re.IGNORECASE)),
    ("pp", re.compile(r"(peraturan pemerintah|pp)\b", re.IGNORECASE)),
    ("uu", re.compile(r"(undang-undang|uu)\b", re.IGNORECASE)),
)
NUMBER = re.compile(r"\bnomor\s+(\d+)\s+tahun\s+(\d{4})\b|\b(\d{1,3})/(?:m\.pan/\d+/)?(\d{4})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Regulation:
    """One regulation that no longer holds: from `until` on it is `state` ("dicabut") by another."""

    kind: str
    number: int
    year: int
    until: dt.date
    state: str
    by: str
    successor: str
    source: str
    confidence: str


def named_in(text: str) -> tuple[str, int, int] | None:
    """Kind, number and year of the regulation that a line of the legal basis is about; None for what is none."""
    head = re.split(r"\btentang\b", text, maxsplit=1, flags=re.IGNORECASE)[0].strip()
    kind = next((kind for kind, pattern in KINDS if pattern.match(head)), None)
    found = NUMBER.search(head)
    if kind is None or found is None:
        return None
    number, year = (part for part in found.groups() if part)
    return kind, int(number), int(year)


def revoked(text: str, on: dt.date) -> Regulation | None:
    """The row on the regulation that a line names, if it no longer holds on the day."""
    named = named_in(text)
    return next(
        (row for row in known() if (row.kind, row.number, row.year) == named and row.until <= on),
        None,
    )


@cache
def known() -> tuple[Regulation, ...]:
    """Every regulation of the table."""
    text = files(__package__).joinpath("legal_status.toml").read_text(encoding="utf-8")
    return tuple(Regulation(**row) for row in tomllib.loads(text)["regulation"])
