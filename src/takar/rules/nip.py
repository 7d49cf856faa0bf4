"""NIP, the identity number of a civil servant (Perka BKN 22/2007): 18 digits without a check digit.

Eight digits birth date (YYYYMMDD), six digits month of first appointment (YYYYMM), one digit sex (1 man, 2 woman),
three digits serial number. The number of a PPPK (NI PPPK) has 18 digits too, but its later groups mean something else.
"""

import datetime as dt
import re
from dataclasses import dataclass

LENGTH = 18

_SEPARATORS = re.compile(r"[\s.]+")
_SEX = {"1": "L", "2": "P"}


@dataclass(frozen=True, slots=True)
class Nip:
    """A number taken apart; of a PPPK number only the digits are known, the rest is None.

    `appointed` is the first day of the month of appointment; `sex` is "L" (laki-laki) or "P" (perempuan).
    """

    digits: str
    birth: dt.date | None = None
    appointed: dt.date | None = None
    sex: str | None = None
    serial: str | None = None


def parse_nip(text: str, *, pppk: bool = False) -> Nip:
    """Read a NIP, spaces and points allowed; raises ValueError with an Indonesian sentence that names the cure."""
    digits = _SEPARATORS.sub("", text)
    if not digits:
        raise ValueError(f"NIP belum diisi; isilah {LENGTH} angka.")
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("NIP hanya boleh berisi angka (spasi dan titik boleh); hapus huruf atau tanda lain.")
    if len(digits) != LENGTH:
        raise ValueError(
            f"NIP harus {LENGTH} angka, yang ditemukan {len(digits)} angka; periksa angka yang {_fault(digits)}."
        )
    if pppk:
        return Nip(digits)
    birth, appointed = _date(digits[:8], "tanggal lahir"), _date(digits[8:14] + "01", "bulan pengangkatan")
    if appointed <= birth:
        raise ValueError(
            "Bulan pengangkatan dalam NIP (angka 9–14) mendahului tanggal lahir (angka 1–8); periksa keduanya."
        )
    if digits[14] not in _SEX:
        raise ValueError(
            f"Angka ke-15 NIP adalah {digits[14]}, padahal harus 1 (laki-laki) atau 2 (perempuan); periksa NIP."
        )
    return Nip(digits, birth, appointed, _SEX[digits[14]], digits[15:])


def format_nip(text: str) -> str:
    """Group the 18 digits as printed on forms: "19710228 199702 1 002"; anything else is returned as it came."""
    digits = _SEPARATORS.sub("", text)
    if len(digits) != LENGTH:
        return text
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def _fault(digits: str) -> str:
    return "kurang" if len(digits) < LENGTH else "berlebih"


def _date(digits: str, name: str) -> dt.date:
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        shown = digits[:6] if name.startswith("bulan") else digits
        raise ValueError(f"Bagian {name} dalam NIP ({shown}) bukan tanggal yang ada; periksa angka NIP.") from None
