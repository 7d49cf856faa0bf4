"""Read the input of a method field by field: what is wrong is collected with its path, so that all is told at once."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from decimal import Decimal

from takar.rules.numbers import format_decimal, read_number
from takar.rules.scoring.types import Problem

MAX_TEXT = 2000

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Reader:
    """One object of the input. Getters return None (or nothing) after noting a problem; `close` names unknown fields."""

    def __init__(self, data: object, path: str = "", problems: list[Problem] | None = None) -> None:
        self.problems: list[Problem] = [] if problems is None else problems
        self.path = path
        self._read: set[str] = set()
        self._data: Mapping[str, object] = {}
        if isinstance(data, Mapping):
            self._data = data
        else:
            self.refuse("", "Bagian ini harus berupa objek dengan nama isian; periksa susunan berkas.")

    def refuse(self, key: str, message: str) -> None:
        """Note a problem of a field ("" for the object itself)."""
        self.problems.append(Problem(".".join(part for part in (self.path, key) if part), message))

    def given(self, key: str) -> object:
        """What stands in a field; empty text counts as nothing."""
        self._read.add(key)
        value = self._data.get(key)
        return None if isinstance(value, str) and not value.strip() else value

    def number(
        self, key: str, *, positive: bool = False, high: int | None = None, optional: bool = False
    ) -> Decimal | None:
        """A figure of zero or more (`positive`: more than zero), at most `high`."""
        value = self.given(key)
        if value is None:
            if not optional:
                self.refuse(key, "Belum diisi; isilah dengan angka, misalnya 12 atau 12,5.")
            return None
        try:
            number = read_number(value)
        except ValueError as error:
            self.refuse(key, str(error))
            return None
        if number < 0:
            self.refuse(key, f"Tidak boleh negatif ({format_decimal(number, None)}); isilah 0 atau lebih.")
        elif positive and number == 0:
            self.refuse(key, "Harus lebih dari 0 karena menjadi pembagi; isilah target yang sebenarnya.")
        elif high is not None and number > high:
            self.refuse(key, f"Paling tinggi {high}, yang diisi {format_decimal(number, None)}; perbaiki nilainya.")
        else:
            return number
        return None

    def text(self, key: str, *, optional: bool = False) -> str:
        """A text, trimmed; empty when it is optional and absent."""
        value = self.given(key)
        if value is None:
            if not optional:
                self.refuse(key, "Belum diisi; isilah dengan teks.")
            return ""
        if not isinstance(value, str) or len(value) > MAX_TEXT:
            self.refuse(key, f"Harus berupa teks, paling panjang {MAX_TEXT} huruf.")
            return ""
        return value.strip()

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """A yes or no."""
        value = self.given(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, bool):
            self.refuse(key, "Isilah dengan true (ya) atau false (tidak).")
        return value is True

    def choice(self, key: str, options: Iterable[str], *, optional: bool = False) -> str | None:
        """One of the known words."""
        value, known = self.given(key), list(options)
        if value in known:
            return str(value)
        if value is not None or not optional:
            self.refuse(key, f"Pilihlah salah satu: {', '.join(known)}.")
        return None

    def date(self, key: str) -> dt.date | None:
        """A date, as YYYY-MM-DD or as a date value."""
        value = self.given(key)
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        if isinstance(value, str) and _DATE.fullmatch(value):
            with suppress(ValueError):
                return dt.date.fromisoformat(value)
        self.refuse(key, "Isilah dengan tanggal yang ada, ditulis TTTT-BB-HH, misalnya 2024-01-31.")
        return None

    def period(self, governed: tuple[dt.date, dt.date | None] | None = None) -> tuple[dt.date | None, dt.date | None]:
        """The field "period" with its start and end, in order and within the dates that a regulation governs."""
        period = self.child("period")
        start, end = period.date("start"), period.date("end")
        period.close()
        if start and end and end < start:
            period.refuse("end", "Akhir periode mendahului awalnya; perbaiki salah satu tanggal.")
        if start and end and governed and not _within(start, end, governed):
            since, until = governed[0], f" s.d. {governed[1]:%d-%m-%Y}" if governed[1] else ""
            reason = f"Di luar masa berlaku metode ini ({since:%d-%m-%Y}{until}); pilihlah metode menurut tanggalnya."
            period.refuse("", reason)
        return start, end

    def child(self, key: str) -> "Reader":
        """An object inside this one; an absent one gives a problem and reads as empty."""
        value = self.given(key)
        return Reader({} if value is None else value, self._path(key), self.problems)

    def items(self, key: str, *, least: int = 0, most: int = 1000) -> list["Reader"]:
        """The objects of a list."""
        value = self.given(key)
        if value is None and least == 0:
            return []
        if not isinstance(value, list | tuple) or not least <= len(value) <= most:
            self.refuse(key, f"Harus berupa daftar dengan {least} sampai {most} isian.")
            return []
        return [Reader(item, self._path(f"{key}.{index}"), self.problems) for index, item in enumerate(value)]

    def close(self) -> None:
        """Note every field that nothing read: a misspelt name must not pass as an empty one."""
        for key in self._data:
            if key not in self._read:
                self.refuse(str(key), "Isian ini tidak dikenal; periksa ejaan namanya atau hapus.")

    def _path(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def _within(start: dt.date, end: dt.date, governed: tuple[dt.date, dt.date | None]) -> bool:
    return governed[0] <= start and (governed[1] is None or end <= governed[1])
