"""PermenPANRB 6/2022 Bab V as a table: what the acts make of a case, which terms run, and what may follow."""

import datetime as dt

import pytest

from takar.appraisal.models import Appraisal
from takar.casework import terms
from takar.casework.aftermath import ASSESSOR, PERMENPAN6, SUBJECT, SUPERIOR, hindrance, waiting_for
from takar.casework.models import Act, Case
from takar.common import clock
from takar.organisation.enums import PersonKind
from takar.organisation.models import Employee
from takar.rules.deadlines import OfficeCalendar

APPROVED = dt.date(2026, 1, 12)  # a Monday
OFFICE = OfficeCalendar(frozenset({dt.date(2026, 1, 16)}))


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), tzinfo=clock.office_zone())


def state(
    *acts: tuple[str, dt.date],
    on: dt.date = APPROVED,
    approved: dt.date | None = APPROVED,
    signed: dt.date | None = None,
    assessor: str = PersonKind.PNS,
) -> terms.State:
    """A case of 2025 in which these acts were done, seen on a day."""
    appraisal = Appraisal(method="permenpan6-2022", start=dt.date(2025, 1, 1), end=dt.date(2025, 12, 31))
    appraisal.approved_at = at(approved) if approved else None
    case = Case(appraisal=appraisal, assessor=Employee(kind=assessor), step=5, since=at(APPROVED))
    if approved is None:
        case.step, case.actor = 4, ASSESSOR
    made = [Act(kind=kind, at=at(day)) for kind, day in acts]
    return terms._state(case, made, at(signed) if signed else None, OFFICE, on)


def due(found: terms.State) -> dict[str, str]:
    return {item.rule.key: str(item.due) for item in found.standings if item.rule.key not in {"plan", "appraise"}}


def day(number: int, month: int = 1) -> dt.date:
    return dt.date(2026, month, number)


TERMS = (
    ("approved alone lets only the assessor's terms run", state(), {"deliver": "2026-02-02", "report": "2026-03-13"}),
    (
        "delivery starts the employee's fourteen working days",
        state(("deliver", day(14)), on=day(14)),
        {"return": "2026-02-04", "object": "2026-02-04", "report": "2026-03-13"},
    ),
    (
        "receipt takes the place of delivery",
        state(("deliver", day(13)), ("receive", day(14)), on=day(14)),
        {"return": "2026-02-04", "object": "2026-02-04", "report": "2026-03-13"},
    ),
    (
        "who signs has received, and may still object",
        state(signed=day(13), on=day(13)),
        {"object": "2026-02-03", "report": "2026-03-13"},
    ),
    (
        "an objection is decided within seven working days",
        state(("deliver", day(13)), ("object", day(14)), on=day(14)),
        {"return": "2026-02-03", "decide": "2026-01-26", "report": "2026-03-13"},
    ),
    ("nothing runs after the report", state(("deliver", day(13)), ("report", day(10, 2)), on=day(10, 2)), {}),
    (
        "an assessor who let January pass: the superior signs within fourteen working days",
        state(approved=None, on=day(2, 2)),
        {"superior_signs": "2026-02-19", "report": "2026-03-13"},
    ),
    (
        "what the superior evaluated has terms of seven working days",
        state(("take_over", day(2, 2)), approved=day(3, 2), on=day(3, 2)),
        {"superior_delivers": "2026-02-12", "report": "2026-03-13"},
    ),
    (
        "and its return too, without any objection",
        state(("take_over", day(2, 2)), ("superior_deliver", day(4, 2)), approved=day(3, 2), on=day(4, 2)),
        {"superior_return": "2026-02-13", "report": "2026-03-13"},
    ),
)


@pytest.mark.parametrize(("found", "expected"), [row[1:] for row in TERMS], ids=[row[0] for row in TERMS])
def test_terms_that_run(found: terms.State, expected: dict[str, str]) -> None:
    assert due(found) == expected


POSSIBLE = (
    ("not assessed in time", state(approved=None, on=day(2, 2)), {"take_over"}),
    ("not assessed, in time", state(approved=None, on=day(31)), set()),
    ("approved", state(), {"deliver", "receive", "object"}),
    ("delivered", state(("deliver", day(13)), on=day(13)), {"receive", "object"}),
    ("signed", state(signed=day(13), on=day(13)), {"object", "report"}),
    (
        "delivered, not returned in time",
        state(("deliver", day(13)), on=day(4, 2)),
        {"object", "report"},
    ),
    ("objected", state(("object", day(13)), on=day(13)), {"respond", "hear_assessor", "hear_employee"}),
    (
        "heard",
        state(("object", day(13)), ("respond", day(13)), ("hear_employee", day(13)), on=day(13)),
        {"hear_assessor", "confirm", "change"},
    ),
    (
        "confirmed",
        state(("object", day(13)), ("respond", day(13)), ("hear_employee", day(13)), ("confirm", day(14)), on=day(14)),
        {"report"},
    ),
    (
        "changed",
        state(("object", day(13)), ("respond", day(13)), ("hear_employee", day(13)), ("change", day(14)), on=day(14)),
        {"superior_report"},
    ),
    (
        "taken over: final",
        state(("take_over", day(2, 2)), approved=day(3, 2), on=day(3, 2)),
        {"superior_deliver", "receive"},
    ),
    (
        "taken over and signed",
        state(("take_over", day(2, 2)), approved=day(3, 2), signed=day(4, 2), on=day(4, 2)),
        {"superior_report"},
    ),
    (
        "taken over, not returned in seven days",
        state(("take_over", day(2, 2)), ("superior_deliver", day(4, 2)), approved=day(3, 2), on=day(16, 2)),
        {"superior_report"},
    ),
    ("evaluated by a kepala daerah: final", state(assessor=PersonKind.OTHER), {"deliver", "receive"}),
    ("reported", state(("report", day(20)), signed=day(13), on=day(20)), {"object"}),
    (
        "reported, then changed: reported again by the superior",
        state(
            ("report", day(13)),
            *((kind, day(14)) for kind in ("object", "respond", "hear_employee", "change")),
            signed=day(13),
            on=day(14),
        ),
        {"superior_report"},
    ),
)


@pytest.mark.parametrize(("found", "expected"), [row[1:] for row in POSSIBLE], ids=[row[0] for row in POSSIBLE])
def test_acts_that_the_state_allows(found: terms.State, expected: set[str]) -> None:
    assert {kind.key for kind in PERMENPAN6.kinds if not hindrance(kind, found.facts)} == expected


def test_every_act_of_the_table_is_possible_in_some_state_above() -> None:
    assert set().union(*(row[2] for row in POSSIBLE)) == {kind.key for kind in PERMENPAN6.kinds}


def test_final_evaluation_says_why_nothing_can_be_objected() -> None:
    kind = PERMENPAN6.kind("object")
    assert kind is not None
    assert hindrance(kind, state(assessor=PersonKind.OTHER).facts) == (
        "Hasil evaluasi oleh atasan pejabat penilai atau oleh kepala daerah bersifat final (PermenPANRB 6/2022 Lampiran "
        "Bab IV huruf A angka 11 dan 12), sehingga keberatan tidak dapat diajukan."
    )


def test_matter_is_settled_by_the_report() -> None:
    assert state().in_effect_since is None
    assert state(("report", day(20)), signed=day(13), on=day(20)).in_effect_since == day(20)
    assert state(("report", day(20)), ("object", day(20)), signed=day(13), on=day(20)).in_effect_since is None


def test_each_party_is_told_what_waits() -> None:
    objected = state(("object", day(13)), on=day(13)).facts
    told = {party: waiting_for(PERMENPAN6, party, objected) for party in (SUBJECT, ASSESSOR, SUPERIOR)}
    assert told == {
        SUBJECT: [],
        ASSESSOR: ["Keberatan menunggu penjelasan Anda."],
        SUPERIOR: ["Keberatan menunggu keputusan Anda; mintalah penjelasan pejabat penilai dan pegawai dahulu."],
    }
    unsigned = state(("deliver", day(13)), on=day(4, 2)).facts
    assert waiting_for(PERMENPAN6, ASSESSOR, unsigned) == [
        "Pegawai tidak menandatangani dalam tenggatnya; dokumen evaluasi dapat dilaporkan dengan catatan itu."
    ]
