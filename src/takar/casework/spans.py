"""Which periods can be opened: their cycle, dates, code and name, and the method that governs them."""

import calendar
import datetime as dt
from dataclasses import dataclass

from takar.appraisal.enums import Cycle, Regulation
from takar.appraisal.evaluation import CARRIED_METHODS
from takar.common import words
from takar.rules.scoring import registry
from takar.rules.scoring.registry import UnknownMethodError

QUARTERS = ("I", "II", "III", "IV")
MONTHS_IN = {Cycle.ANNUAL.value: 12, Cycle.QUARTERLY.value: 3, Cycle.MONTHLY.value: 1}
# PP 46/2011 Pasal 16: once a year. PermenPANRB 6/2022 Pasal 24 and 25: periodic, by the agency's choice, and annual.
CYCLES = {
    Regulation.PP46.value: (Cycle.ANNUAL.value,),
    Regulation.PERMENPAN6.value: (Cycle.ANNUAL.value, Cycle.QUARTERLY.value, Cycle.MONTHLY.value),
}
WHAT = {Regulation.PP46.value: "Penilaian SKP", Regulation.PERMENPAN6.value: "Evaluasi kinerja"}


@dataclass(frozen=True, slots=True)
class Span:
    """A year, or the so-manieth quarter or month of it."""

    year: int
    cycle: str = Cycle.ANNUAL.value
    number: int = 1

    @property
    def start(self) -> dt.date:
        return dt.date(self.year, (self.number - 1) * MONTHS_IN[self.cycle] + 1, 1)

    @property
    def end(self) -> dt.date:
        month = self.number * MONTHS_IN[self.cycle]
        return dt.date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def code(self) -> str:
        """SKP-2026, SKP-2026-TW1, SKP-2026-03"""
        tails = {Cycle.QUARTERLY.value: f"-TW{self.number}", Cycle.MONTHLY.value: f"-{self.number:02d}"}
        return f"SKP-{self.year}{tails.get(self.cycle, '')}"

    @property
    def part(self) -> str:
        """The part of the year: "triwulan I", "Maret"; empty for the year."""
        if self.cycle == Cycle.QUARTERLY.value:
            return f"triwulan {QUARTERS[self.number - 1]}"
        return words.MONTHS[self.number - 1] if self.cycle == Cycle.MONTHLY.value else ""

    @property
    def key(self) -> str:
        """How a form names it, without the year: "tahunan", "triwulanan-2"."""
        return self.cycle if self.cycle == Cycle.ANNUAL.value else f"{self.cycle}-{self.number}"

    def name(self, method: str) -> str:
        """Penilaian SKP tahun 2025; Evaluasi kinerja triwulan I 2026"""
        return f"{WHAT[method]} {self.part or 'tahun'} {self.year}"

    @property
    def exists(self) -> bool:
        most = 12 // MONTHS_IN[self.cycle] if self.cycle in MONTHS_IN else 0
        return 1 <= self.number <= most


def spans_of(year: int) -> list[Span]:
    """All periods of a year: the year, its quarters, its months."""
    return [Span(year, cycle, number) for cycle, months in MONTHS_IN.items() for number in range(1, 12 // months + 1)]


def method_by_dates(span: Span) -> str:
    """The carried method that the law gives for these dates; PP 46/2011 where the program carries none that does."""
    try:
        found = registry.method_for(span.start, span.end).id
    except UnknownMethodError:
        found = ""
    return found if found in CARRIED_METHODS else Regulation.PP46.value


def method_problem(span: Span, method: str) -> str:
    """Why the method cannot be chosen for the period; empty when it can.

    PP 46/2011 stays choosable because the SOP cites it: each result then says that it was not in force.
    """
    if method not in CARRIED_METHODS:
        return "Pilih salah satu yang tersedia."
    if span.cycle not in CYCLES[method]:
        return "PP 46/2011 menilai sekali setahun (Pasal 16); pilih periode tahunan, atau PermenPANRB 6/2022."
    if method != Regulation.PP46.value and not registry.method_by_id(method).covers(span.start, span.end):
        return f"{Regulation(method).label} tidak berlaku untuk seluruh periode itu; pilih peraturan yang berlaku."
    return ""
