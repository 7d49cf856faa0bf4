"""How long an archived document stays, and what becomes of it: from dates and a line of the retention schedule.

PP 28/2012 Pasal 53 to 56 and 65; PP 30/2019 Pasal 60 ayat (6). Periods are years of the calendar. Nothing here moves or
destroys: it only tells what may be proposed on a day.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What the schedule says becomes of a document when its retention is over (PP 28/2012 Pasal 1 angka 17)."""

    DESTROY = "musnah"
    PERMANENT = "permanen"
    REVIEW = "nilai_kembali"

    @property
    def label(self) -> str:
        """In the words of a schedule."""
        return {"musnah": "Musnah", "permanen": "Permanen", "nilai_kembali": "Dinilai kembali"}[self.value]


class Proposal(StrEnum):
    """What may be proposed: move it to the records unit, destroy it, hand it over, or have it appraised again."""

    MOVE = "pindah"
    DESTROY = "musnah"
    HAND_OVER = "serah"
    REVIEW = "nilai_kembali"


@dataclass(frozen=True, slots=True)
class Schedule:
    """One line of the retention schedule.

    `until_retirement`: the active part lasts at least until the person's service ends (PP 30/2019 Pasal 60 ayat (6)).
    """

    active_years: int
    inactive_years: int
    fate: Fate
    until_retirement: bool = True

    @property
    def years(self) -> int:
        """The retention: active and inactive together (explanation of PP 28/2012 Pasal 54 ayat (1))."""
        return self.active_years + self.inactive_years


@dataclass(frozen=True, slots=True)
class Life:
    """Until when a document is active and then inactive, both days included; None: not known yet."""

    active_until: dt.date | None
    inactive_until: dt.date | None
    fate: Fate | None


FATES = {Fate.DESTROY: Proposal.DESTROY, Fate.PERMANENT: Proposal.HAND_OVER, Fate.REVIEW: Proposal.REVIEW}


def life_of(schedule: Schedule | None, closed_on: dt.date, service_ended_on: dt.date | None) -> Life:
    """Tell a document's life, counted from the day on which its file was closed.

    Active until closed + active years, but not before the service ended; inactive for the inactive years after that. Without
    a schedule, or while the service lasts, no end is known.
    """
    if schedule is None or (schedule.until_retirement and service_ended_on is None):
        return Life(None, None, schedule.fate if schedule else None)
    active = _years_after(closed_on, schedule.active_years)
    if schedule.until_retirement and service_ended_on is not None:
        active = max(active, service_ended_on)
    return Life(active, _years_after(active, schedule.inactive_years), schedule.fate)


def proposal_on(life: Life, day: dt.date, *, inactive: bool, held: bool) -> Proposal | None:
    """What may be proposed on a day; None while nothing may.

    An active document whose active part is over may be moved (Pasal 63 ayat (2)); an inactive one whose retention is over
    meets its fate (Pasal 65 ayat (2) huruf b, Pasal 79). A hold forbids the fate (Pasal 65 ayat (2) huruf d), not the move.
    """
    if not inactive:
        return Proposal.MOVE if life.active_until is not None and day > life.active_until else None
    if held or life.fate is None or life.inactive_until is None or day <= life.inactive_until:
        return None
    return FATES[life.fate]


def _years_after(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; 28 February for the 29th in a year that has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
