"""Find a method by its id, or by the dates of the period that is appraised.

PP 46/2011 was carried out from 1 January 2014 and its numeric method ran until 30 June 2021; PermenPANRB 8/2021 governs
July to December 2021, PermenPANRB 6/2022 everything from 1 January 2022 (its articles 39 to 41). The dates choose the
method by themselves; because the SOP cites PP 46/2011, an office may still name "pp46-2011" by id for any period, and
the result then carries a notice that says so.
"""

import datetime as dt
from typing import Any

from takar.rules.credit import CREDIT
from takar.rules.scoring.method import Method
from takar.rules.scoring.permenpan6_2022 import PERMENPAN6_2022
from takar.rules.scoring.permenpan8_2021 import PERMENPAN8_2021
from takar.rules.scoring.pp46_2011 import PP46_2011

_METHODS: tuple[Method[Any], ...] = (PP46_2011, PERMENPAN8_2021, PERMENPAN6_2022)
_ALL: tuple[Method[Any], ...] = (*_METHODS, CREDIT)


class UnknownMethodError(LookupError):
    """No method has this id or governs this period; the message is an Indonesian sentence."""


def methods() -> tuple[Method[Any], ...]:
    """The appraisal methods, oldest first."""
    return _METHODS


def all_methods() -> tuple[Method[Any], ...]:
    """The appraisal methods, and what is computed from a finished appraisal (angka kredit)."""
    return _ALL


def method_by_id(method_id: str) -> Method[Any]:
    """The method of this id; raises UnknownMethodError naming the known ones."""
    for method in _ALL:
        if method.id == method_id:
            return method
    known = ", ".join(method.id for method in _ALL)
    raise UnknownMethodError(f"Metode “{method_id}” tidak dikenal; pilihlah salah satu: {known}.")


def method_for(start: dt.date, end: dt.date) -> Method[Any]:
    """The method that governs a whole period; raises UnknownMethodError where none does or two would share it."""
    period = f"{start:%d-%m-%Y} s.d. {end:%d-%m-%Y}"
    if end < start:
        raise UnknownMethodError(f"Periode {period} berakhir sebelum dimulai; perbaiki tanggalnya.")
    for method in _METHODS:
        if method.covers(start, end):
            return method
    raise UnknownMethodError(
        f"Periode {period} tidak berada seluruhnya dalam masa berlaku satu peraturan; "
        "bagilah periode menurut peraturannya, atau sebutkan metodenya."
    )
