"""To whom and after how long a late step rises: what the office decided for a kind of step, or what holds without that."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from takar.audit.actions import record
from takar.casework.capacity import ASSESSOR, SUBJECT
from takar.casework.models import Escalation
from takar.common.errors import InvalidInput, Problem
from takar.organisation.enums import Role
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import check_can_manage_office
from takar.rules.flow import Sop, Step

SUPERIOR = "atasan_penilai"
LEVELS = (1, 2, 3)
WHOM: Mapping[str, str] = {
    Role.KASUBBAG: str(Role.KASUBBAG.label),
    Role.SEKRETARIS: str(Role.SEKRETARIS.label),
    Role.KEPALA: str(Role.KEPALA.label),
    ASSESSOR: "Pejabat penilai",
    SUPERIOR: "Atasan pejabat penilai",
}
# Office time after the due moment at which the next one above is told: one working day each.
STEP_UP_MINUTES = 450
ABOVE: Mapping[str, tuple[str, ...]] = {
    Role.STAF: (Role.KASUBBAG, Role.SEKRETARIS, Role.KEPALA),
    Role.KASUBBAG: (Role.SEKRETARIS, Role.KEPALA),
    Role.SEKRETARIS: (Role.KEPALA,),
    SUBJECT: (ASSESSOR, SUPERIOR),
    ASSESSOR: (SUPERIOR, Role.KEPALA),
    SUPERIOR: (Role.KEPALA,),
}
BESIDE_THE_TABLE = (Role.KASUBBAG, Role.SEKRETARIS, Role.KEPALA)
LONGEST_HOURS = 200
HOUR = 60
HOURS = re.compile(r"\d{1,3}([.,][05])?")


@dataclass(frozen=True, slots=True)
class Rise:
    """One level: after so many minutes of office time beyond the due moment, to whom."""

    minutes: int
    whom: str


@dataclass(frozen=True, slots=True)
class Typed:
    """One level as typed: hours of office time and whom; both empty for none."""

    hours: str
    whom: str


Rules = Mapping[str, Sequence[Rise]]


def usual(actor: str) -> list[Rise]:
    """What holds for steps of an actor about which the office decided nothing."""
    return [Rise(STEP_UP_MINUTES * level, whom) for level, whom in enumerate(above(actor), start=1)]


def above(actor: str) -> tuple[str, ...]:
    return ABOVE.get(actor, BESIDE_THE_TABLE)


def rules_of(agency: Agency) -> dict[str, list[Rise]]:
    """What the office decided, by kind of step; an empty list where it decided that nobody is told."""
    found: dict[str, list[Rise]] = {}
    for row in Escalation.objects.filter(agency=agency).order_by("kind", "level"):
        found.setdefault(row.kind, [])
        if row.level:
            found[row.kind].append(Rise(row.minutes, row.whom))
    return found


def rise(rules: Rules, kind: str, actor: str, level: int) -> Rise | None:
    """The level of a step; None where there is no such level."""
    levels = rules[kind] if kind in rules else usual(actor)
    return levels[level - 1] if level <= len(levels) else None


@transaction.atomic
def set_escalations(*, actor: Employee, agency: Agency, sop: Sop, typed: Mapping[int, Sequence[Typed]]) -> None:
    """Decide for each step of the SOP; what is as usual is not kept, so that it follows the program."""
    check_can_manage_office(actor, agency)
    problems: list[Problem] = []
    wanted = {step: _read(step, typed.get(step.number, ()), problems) for step in sop.flow.steps}
    if problems:
        raise InvalidInput("Pengaturan pengingat belum disimpan.", problems)
    Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    before = rules_of(agency)
    Escalation.objects.filter(agency=agency).delete()
    after = {step.kind.value: rises for step, rises in wanted.items() if rises != usual(step.actor)}
    Escalation.objects.bulk_create(row for kind, rises in after.items() for row in _rows(agency, kind, rises))
    record(
        stream=f"agency:{agency.pk}",
        verb="escalations.changed",
        by=actor.by("pengelola"),
        subject=f"agency:{agency.pk}",
        before=_told(before),
        after=_told(after),
    )


def _rows(agency: Agency, kind: str, rises: Sequence[Rise]) -> list[Escalation]:
    """Level 0 stands for the decision that nobody is told."""
    rows = [
        Escalation(agency=agency, kind=kind, level=level, minutes=each.minutes, whom=each.whom)
        for level, each in enumerate(rises, start=1)
    ]
    return rows or [Escalation(agency=agency, kind=kind, level=0, minutes=0, whom="")]


def _told(rules: Rules) -> dict[str, object]:
    return {kind: [[each.minutes, each.whom] for each in rises] for kind, rises in rules.items()}


def _read(step: Step, typed: Sequence[Typed], problems: list[Problem]) -> list[Rise]:
    found: list[Rise] = []
    for level, cell in enumerate(typed, start=1):
        where, hours, whom = f"Langkah {step.number}, tingkat {level}", cell.hours.strip(), cell.whom
        if not hours and not whom:
            continue
        minutes = _minutes(hours)
        if wrong := _wrong(step, found, level, minutes, whom):
            problems.append(Problem(where, wrong))
        elif minutes is not None:
            found.append(Rise(minutes, whom))
    return found


def _minutes(hours: str) -> int | None:
    """Whole and half hours within bounds; None for anything else."""
    if not HOURS.fullmatch(hours):
        return None
    whole, _, half = hours.replace(".", ",").partition(",")
    minutes = int(whole) * HOUR + (HOUR // 2 if half.strip("0") else 0)
    return minutes if 0 < minutes <= LONGEST_HOURS * HOUR else None


def _wrong(step: Step, before: Sequence[Rise], level: int, minutes: int | None, whom: str) -> str:
    """What is wrong with a level, as a sentence; empty when nothing is."""
    if minutes is None:
        return f"Isi berapa jam kerja sesudah jatuh tempo, misalnya 4 atau 7,5; paling lama {LONGEST_HOURS}."
    name = WHOM.get(whom, "")
    checks = (
        (not name, "Pilih siapa yang diberi tahu, atau kosongkan jamnya."),
        (whom == step.actor, f"{name} adalah pelaksana langkah ini sendiri; pilih yang di atasnya."),
        (level > len(before) + 1, "Tingkat sebelumnya belum diisi atau belum benar; isilah berurutan."),
        (bool(before) and minutes <= before[-1].minutes, "Jamnya harus lebih lama daripada tingkat sebelumnya."),
        (whom in {each.whom for each in before}, f"{name} sudah diberi tahu pada tingkat sebelumnya."),
    )
    return next((sentence for wrong, sentence in checks if wrong), "")
