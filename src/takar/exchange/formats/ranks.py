"""Pangkat, golongan ruang and eselon: many spellings in, one code out (reference tables of SIASN)."""

import re

from takar.exchange.cells import clean, shown
from takar.exchange.package import Value

RANKS = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tingkat I",
    "I/c": "Juru",
    "I/d": "Juru Tingkat I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tingkat I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tingkat I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tingkat I",
    "III/c": "Penata",
    "III/d": "Penata Tingkat I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tingkat I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
PPPK_GRADES = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
)  # fmt: skip

_CODE = re.compile(r"(?<![a-z])(iv|i{1,3})\s*[/.-]?\s*([a-e])(?![a-z])", re.IGNORECASE)
_WORD = re.compile(r"\b(golongan|gol|ruang|pangkat|eselon|es)\b\.?", re.IGNORECASE)
_FIRST_LEVEL = re.compile(r"\b(tk|tkt)\b\.?", re.IGNORECASE)
_ECHELON = re.compile(r"(iv|v|i{1,3})\s*[/.-]?\s*([ab])", re.IGNORECASE)
_BY_NAME = {name.casefold(): code for code, name in RANKS.items()}


def rank(value: Value) -> str:
    """The code of a rank: "Penata Muda (III/a)", "III.A", "Penata Muda" are "III/a"; a PPPK's "Golongan IX" is "IX"."""
    words = _plain(value)
    match = _CODE.search(words)
    code = f"{match[1].upper()}/{match[2].lower()}" if match else ""
    name = " ".join(re.sub(r"[(),/]", " ", _CODE.sub(" ", words)).split()).casefold()
    if code in RANKS and _BY_NAME.get(name, code) == code:
        return code
    if code in RANKS:
        raise ValueError(
            f"Pangkat {RANKS[_BY_NAME[name]]} adalah golongan {_BY_NAME[name]}, bukan {code}; betulkan salah satunya."
        )
    if not code and (name in _BY_NAME or name.upper() in PPPK_GRADES):
        return _BY_NAME.get(name, name.upper())
    raise ValueError(
        f"Berisi “{shown(value)}”, bukan golongan yang dikenal; isilah I/a sampai IV/e, atau I sampai XVII untuk PPPK."
    )


def echelon(value: Value) -> str:
    """The code of an echelon: "II b", "II/b", "Eselon II.b" are "II.b"; "non eselon" is nothing."""
    words = _plain(value)
    if words.casefold().strip(" -") in ("non", "nonstruktural"):
        return ""
    match = _ECHELON.fullmatch(words)
    if match is None:
        raise ValueError(f"Berisi “{shown(value)}”, bukan eselon; isilah misalnya II.b, atau kosongkan.")
    return f"{match[1].upper()}.{match[2].lower()}"


def _plain(value: Value) -> str:
    words = _WORD.sub(" ", clean(value if isinstance(value, str) else shown(value)))
    return clean(_FIRST_LEVEL.sub("Tingkat ", words))
