"""What an office says about its people, before it becomes rows."""

import datetime as dt
from dataclasses import dataclass

from takar.organisation.enums import MandatedAct
from takar.organisation.models import Employee


@dataclass(frozen=True, slots=True)
class PersonData:
    """One line of the staff list; a superior without NIP is given by name and post."""

    nip: str | None
    name: str
    kind: str
    title_front: str = ""
    title_back: str = ""
    rank: str = ""
    standing: str = "aktif"
    post: str = ""
    post_kind: str = "jfu"
    echelon: str = ""
    unit: str = ""
    superior_nip: str = ""
    superior_name: str = ""
    superior_post: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class MandateData:
    """What a decree says on who acts for whom; None and "" are what was left open."""

    kind: str
    holder: Employee | None
    number: str
    decreed_on: dt.date | None
    start: dt.date | None
    end: dt.date | None
    role: str = ""
    principal: Employee | None = None
    with_roles: bool = False
    acts: tuple[str, ...] = tuple(MandatedAct.values)


@dataclass(frozen=True, slots=True)
class Summary:
    """What an import did."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def __str__(self) -> str:
        return f"{self.created} baru, {self.changed} diubah, {self.unchanged} tetap"
