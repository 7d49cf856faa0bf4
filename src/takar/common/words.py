"""Dates, moments and figures as they are written in Indonesian offices."""

import datetime as dt
from decimal import Decimal

from takar.common import clock
from takar.rules.nip import format_nip
from takar.rules.numbers import format_decimal

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
# The pangkat of PNS by golongan ruang, as SIASN's reference list names them; those of PPPK have no names.
RANKS = {
    "I/a": "Juru Muda", "I/b": "Juru Muda Tingkat I", "I/c": "Juru", "I/d": "Juru Tingkat I",
    "II/a": "Pengatur Muda", "II/b": "Pengatur Muda Tingkat I", "II/c": "Pengatur", "II/d": "Pengatur Tingkat I",
    "III/a": "Penata Muda", "III/b": "Penata Muda Tingkat I", "III/c": "Penata", "III/d": "Penata Tingkat I",
    "IV/a": "Pembina", "IV/b": "Pembina Tingkat I", "IV/c": "Pembina Utama Muda", "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}  # fmt: skip
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def date(value: dt.date) -> str:
    """12 Januari 2026"""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(value: dt.datetime) -> str:
    """12 Januari 2026 pukul 09.41 WITA"""
    zone = clock.office_zone()
    local = value.astimezone(zone)
    return f"{date(local.date())} pukul {local:%H.%M} {ZONE_NAMES.get(zone.key, local.tzname() or '')}".rstrip()


def period(start: dt.date, end: dt.date) -> str:
    """1 Januari s.d. 31 Desember 2025"""
    first = f"{start.day} {MONTHS[start.month - 1]}" if start.year == end.year else date(start)
    return f"{first} s.d. {date(end)}"


def figure(value: Decimal | None, places: int | None = None) -> str:
    """1.250.000,5; nothing where there is nothing"""
    if value is None:
        return ""
    return format_decimal(value if places is not None else _short(value), places)


def nip(value: str | None) -> str:
    """19710228 199702 1 002; a dash for those who have none"""
    return format_nip(value) if value else "-"


def rank(value: str) -> str:
    """Penata Tingkat I (III/d); what has no name stays as it is"""
    return f"{RANKS[value]} ({value})" if value in RANKS else value


def minutes(value: int) -> str:
    """2 jam 15 menit"""
    hours, rest = divmod(value, 60)
    parts = [f"{hours} jam"] if hours else []
    return " ".join(parts + ([f"{rest} menit"] if rest or not hours else []))


def _short(value: Decimal) -> Decimal:
    """Without the zeros that a column's fixed number of decimals adds."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
