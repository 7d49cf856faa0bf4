"""The first page: what waits for the reader, what comes next, and how far the office is, each from an index alone."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.db.models import Count, DateTimeField, F, Q, QuerySet, TextField, UUIDField, Value

from takar.casework.models import Case, Period
from takar.casework.policies import ASSESSOR, SUBJECT
from takar.casework.queries import oversees, own_tasks
from takar.casework.stead import NOTHING, in_stead
from takar.common import clock
from takar.common.prepared import Prepared, Slot
from takar.organisation.models import Employee
from takar.organisation.policies import roles_here
from takar.procedures.queries import sop_of

OWN_CASES = 3
RELATIONS = {ASSESSOR: "assessor", SUBJECT: "employee"}
SHOWN_OF_TASK = (
    *("name", "nip", "code", "post", "unit", "step", "returned", "since", "due_at", "risk_at"),
    "open_step",
)


@dataclass(frozen=True, slots=True)
class TimeCounts:
    """How many cases are open, near their due moment, and late; together and by step."""

    by_step: dict[int, int]
    at_risk: int
    late: int

    @property
    def waiting(self) -> int:
        return sum(count for step, count in self.by_step.items() if step)


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The numbers of the first page: the reader's own tasks, what comes to the reader next (by that step), the office."""

    mine: TimeCounts
    coming: dict[int, int]
    office: TimeCounts | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What decides the form of the statement: the reader's offices, and what stands before the reader's steps.

    `before` are pairs of a step and how the step after it becomes the reader's: by a relation to the case, or by office.
    """

    roles: tuple[str, ...]
    office: bool
    period: bool
    before: tuple[tuple[int, str], ...]


def first_page(reader: Employee, period: Period | None) -> FirstPage:
    """All of them in one query; the office's, of a period of the reader's office, for those who oversee it."""
    asked = Asked(
        tuple(sorted(roles_here(reader, reader.agency))),
        period is not None and oversees(reader),
        period is not None,
        _before(reader, period) if period else (),
    )
    values = {"reader": reader.pk, "agency": reader.agency_id, "now": clock.now()}
    values |= {"period": period.pk} if period else {}
    stead = in_stead(reader)
    rows = _prepared(asked)(**values) if stead is NOTHING else list(_statement(asked, values, own_tasks(reader)))

    def times(name: str) -> TimeCounts:
        by_step: dict[int, int] = {}
        for what, step, count, *_ in rows:
            if what == name:
                by_step[step] = by_step.get(step, 0) + count
        found = [(late, risky) for what, _, _, late, risky in rows if what == name]
        return TimeCounts(by_step, sum(risky for _, risky in found), sum(late for late, _ in found))

    office = times("office") if asked.office else None
    coming = {step + 1: count for step, count in times("coming").by_step.items()}
    if office:
        by_role = [step for step, relation in asked.before if not relation]
        coming |= {step + 1: office.by_step[step] for step in by_role if office.by_step.get(step)}
    return FirstPage(times("mine"), dict(sorted(coming.items())), office)


def first_tasks(reader: Employee, most: int) -> "list[Case]":
    """The reader's tasks that are due first."""
    if in_stead(reader) is not NOTHING:
        return list(_shown(own_tasks(reader))[:most])
    roles = tuple(sorted(roles_here(reader, reader.agency)))
    return _prepared_tasks(roles, most)(reader=reader.pk, agency=reader.agency_id)


def own_cases(reader: Employee) -> "list[tuple[Case, int]]":
    """The newest cases about the reader, each with how many steps its version of the SOP has."""
    return [(case, len(sop_of(case.run.version).flow.steps)) for case in _OWN_CASES(reader=reader.pk)]


_OWN_CASES: Prepared[Case] = Prepared(
    lambda: (
        Case.objects.filter(employee=Slot("reader", UUIDField()))
        .select_related("period", "run__version")
        .only("step", "since", "period__name", "run__version__state")
        .order_by("-period__start", "pk")[:OWN_CASES]
    )
)


@lru_cache(maxsize=64)
def _prepared(asked: Asked) -> "Prepared[tuple[str, int, int, int, int]]":
    slots = {name: Slot(name, UUIDField()) for name in ("reader", "agency", "period")}
    return Prepared(lambda: _statement(asked, {**slots, "now": Slot("now", DateTimeField())}, None))


@lru_cache(maxsize=64)
def _prepared_tasks(roles: tuple[str, ...], most: int) -> "Prepared[Case]":
    """The first of each way in which a task is the reader's, by that way's index; of these the first.

    One list of identifiers: two conditions joined by OR make PostgreSQL go through every case.
    """
    slots = {name: Slot(name, UUIDField()) for name in ("reader", "agency")}

    def first() -> "QuerySet[Case]":
        ways = [way.order_by("due_at", "name", "pk").values("pk")[:most] for way in _ways(roles, slots)]
        some, *others = [Case.objects.filter(pk__in=way).order_by().values("pk") for way in ways]
        return _shown(Case.objects.filter(pk__in=some.union(*others, all=True) if others else some))[:most]

    return Prepared(first)


def _shown(tasks: "QuerySet[Case]") -> "QuerySet[Case]":
    return tasks.order_by("due_at", "name", "pk").only(*SHOWN_OF_TASK)


def _ways(roles: tuple[str, ...], values: dict[str, Any]) -> "list[QuerySet[Case]]":
    """The reader's tasks in the own right, each once: by an office of the reader's, and what lies in the reader's hands."""
    open_ones = Case.objects.filter(step__gt=0).order_by()
    assigned = open_ones.filter(assignee=values["reader"])
    if not roles:
        return [assigned]
    by_office = Q(agency=values["agency"], actor__in=roles)
    return [open_ones.filter(by_office), assigned.exclude(by_office)]


def _statement(asked: Asked, values: dict[str, Any], tasks: "QuerySet[Case] | None") -> "QuerySet[Any, Any]":
    """Rows of what is counted, the step, how many, and of these the late ones and those near their moment."""
    mine = [tasks.order_by()] if tasks is not None else _ways(asked.roles, values)
    parts = [("mine", part) for part in mine]
    if asked.period:
        cases = Case.objects.filter(period=values["period"]).order_by()
        parts += [("office", cases)] if asked.office else []
        by_role = [step for step, relation in asked.before if not relation]
        if by_role and not asked.office:
            parts.append(("coming", cases.filter(step__in=by_role)))
        parts += [
            ("coming", cases.filter(step=step, **{relation: values["reader"]}))
            for step, relation in asked.before
            if relation
        ]
    counted = [_counted(what, part, values["now"]) for what, part in parts]
    rows: QuerySet[Any, Any] = counted[0].union(*counted[1:], all=True)
    return rows if counted[1:] else counted[0]


def _counted(what: str, cases: "QuerySet[Case]", now: Any) -> "QuerySet[Any, Any]":
    name = Value(what, output_field=TextField())
    late, risky = Q(due_at__lt=now), Q(risk_at__lte=now, due_at__gte=now)
    shown = {"what": name, "at": F("step")}
    counts = {"count": Count("step"), "late": Count("step", filter=late), "risky": Count("step", filter=risky)}
    rows: QuerySet[Any, Any] = cases.annotate(**shown).values(*shown).annotate(**counts).values_list(*shown, *counts)
    return rows


def _before(reader: Employee, period: Period) -> tuple[tuple[int, str], ...]:
    """The steps before those that will be the reader's, and how these become so."""
    own = roles_here(reader, reader.agency)
    found = []
    for before, step in pairwise(sop_of(period.version).flow.steps):
        if step.actor in RELATIONS:
            found.append((before.number, RELATIONS[step.actor]))
        elif step.actor in own:
            found.append((before.number, ""))
    return tuple(found)
