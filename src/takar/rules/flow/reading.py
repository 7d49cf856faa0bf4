"""Reading plain data (TOML, JSON) into frozen dataclasses and back: the dataclass itself is the table of what may stand.

Regulation: none; it serves `takar.rules.flow.sop`. Every problem is collected, none stops the reading, so that the
person who wrote the file sees them all at once. Unknown names are problems too: a misspelt `return_to` would otherwise
silently drop a return.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin

from takar.rules.flow.graph import Key
from takar.rules.flow.validation import Finding


class Reader:
    """Collects what is wrong while it reads; a value is usable only when `findings` stayed empty."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def read(self, kind: type, data: object, where: str = "") -> Any:
        """A `kind` (a dataclass) from a mapping; None and a finding when it cannot be."""
        if not isinstance(data, Mapping):
            return self._wrong(where or "SOP", "Isian ini harus berupa tabel dengan nama isian.")
        allowed = {field.name: field for field in fields(kind)}
        for name in [name for name in data if name not in allowed]:
            self._wrong(_path(where, name), "Isian ini tidak dikenal; periksa ejaannya.")
        values = {name: self._field(field, data, where) for name, field in allowed.items()}
        return None if self.findings else kind(**values)

    def _field(self, field: "Field[Any]", data: Mapping[str, object], where: str) -> Any:
        path = _path(where, field.name)
        value = data.get(field.name)
        if value is None or value == field.default:
            return self._wrong(path, "Isian ini wajib ada.") if field.default is MISSING else field.default
        return self._value(field.type, value, path)

    def _value(self, hint: Any, value: object, where: str) -> Any:
        if hint in SCALARS:
            return self._scalar(hint, value, where)
        if get_origin(hint) is tuple:
            return self._list(get_args(hint)[0], value, where)
        if get_origin(hint) in (Union, UnionType):
            return self._value(get_args(hint)[0], value, where)
        if isinstance(hint, type) and is_dataclass(hint):
            return self.read(hint, value, where)
        return self._choice(hint, value, where)

    def _list(self, hint: Any, value: object, where: str) -> Any:
        if not isinstance(value, (list, tuple)):
            return self._wrong(where, "Isian ini harus berupa daftar.")
        return tuple(self._value(hint, item, f"{where}[{place}]") for place, item in enumerate(value, start=1))

    def _choice(self, hint: type[StrEnum], value: object, where: str) -> Any:
        if not isinstance(value, str) or value not in list(hint):
            choices = ", ".join(hint)
            return self._wrong(where, f"Isian “{value}” tidak dikenal; pilihannya: {choices}.")
        return hint(value)

    def _scalar(self, hint: Any, value: object, where: str) -> Any:
        convert, wanted = SCALARS[hint]
        try:
            return convert(value)
        except (TypeError, ValueError):
            return self._wrong(where, f"Isian ini harus {wanted}, tetapi tertulis “{value}”.")

    def _wrong(self, where: str, message: str) -> None:
        self.findings.append(Finding(where, message))


def plain(value: Any) -> Any:
    """The same value in what JSON has: mappings, lists, texts and whole numbers; dates as YYYY-MM-DD."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _path(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    if not value.strip() or "\0" in value:
        raise ValueError
    return value


def _key(value: object) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", _text(value)):
        raise ValueError
    return str(value)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _date(value: object) -> dt.date:
    if isinstance(value, str):
        return dt.date.fromisoformat(value)
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise TypeError
    return value


SCALARS: dict[Any, tuple[Callable[[object], Any], str]] = {
    str: (_text, "teks yang tidak kosong"),
    Key: (_key, "kunci (huruf kecil, angka, garis; paling panjang 40)"),
    int: (_whole, "bilangan bulat"),
    bool: (_truth, "ya atau tidak (true atau false)"),
    dt.date: (_date, "tanggal (TTTT-BB-HH)"),
}
