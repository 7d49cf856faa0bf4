"""Every act that changes a state once, tried by two and by twenty at the same moment: one has done it, the others are told.

The acts come from the code's own tables where there are some: the moves of a plan (`appraisal.plan_policies.RULES`), the
acts after the approval (`casework.aftermath.REGIMES`), the acts of a reduction (`rules.reductions.TABLES`).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from tests.mandates import give
from tests.office import ACTIVITIES, PASSWORD, TODAY, Office, assessment
from tests.races.conftest import AT, EVERYTHING
from tests.races.rivals import Act, race
from tests.races.truth import assert_whole

from takar.appraisal.enums import PlanMoveKind, PlanState
from takar.appraisal.models import Plan
from takar.appraisal.plan_policies import RULES, Relation
from takar.appraisal.planning import draft_plan, move_plan, save_content
from takar.archive.loans import LoanData, lend, take_back
from takar.archive.models import Box, Deposit, Reduction
from takar.archive.places import add_box, close_check, confirm_box, move_box, start_check
from takar.archive.reductions import ActData, perform_act, start_reduction
from takar.archive.retention import RuleData, hold_deposit, lift_hold, record_end_of_service, set_retention
from takar.casework.acts import record_act
from takar.casework.aftermath import PP46, Kind
from takar.casework.assessors import reassign_assessor
from takar.casework.steps import document_of
from takar.common import clock
from takar.common.errors import DomainError
from takar.documents.certificates import renew_certificate, revoke_certificate
from takar.documents.copies import CopyData, add_copy, confirm_receipt, record_copy_event
from takar.documents.enums import CopyEventKind
from takar.documents.models import Certificate, Copy
from takar.documents.withdrawals import withdraw_document
from takar.organisation.mandates import end_mandate
from takar.procedures import actions as sop
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.queries import version_in_force
from takar.resets.actions import ask_reset, confirm_reset, set_rule
from takar.rules.reductions import ReductionKind

NEXT_YEAR = TODAY.year
LENT = LoanData("Rudi Hartawan", "Pemeriksaan", TODAY + dt.timedelta(days=7))


def assert_done_once(act: Act, many: int) -> None:
    """So many at once; on SQLite, where all wait at the beginning of their transaction, as on PostgreSQL."""
    outcome = race([act] * many)
    assert (len(outcome.done), len(outcome.refused)) == (1, many - 1)
    assert all(isinstance(error, DomainError) and error.message.strip() for error in outcome.refused)
    assert_whole()


# --- what stands around a case


def box(office: Office) -> Box:
    return add_box(actor=office.staf, agency=office.agency, box_code="B-77", shelf_code="R-1", room="Ruang 1")


def deposit(office: Office) -> Deposit:
    office.at_step(8, of=AT[7])
    return Deposit.objects.select_related("agency", "box").get()


def copy(office: Office, **changes: Any) -> Copy:
    document = document_of(office.case(AT[6]))
    given = {
        "recipient": "Sri Lestari",
        "form": "elektronik",
        "handed_over_on": TODAY,
        "person": office.sekretaris,
        "ground": "Permintaan",
    }
    add_copy(actor=office.staf, document=document, copy=CopyData(**given | changes))
    return document.copies.select_related("document__agency", "person").latest("number")


def certificate(office: Office) -> Certificate:
    return Certificate.objects.filter(employee=office.kepala).latest("pk")


def adding_a_box(office: Office) -> Act:
    return lambda: box(office)


def moving_a_box(office: Office) -> Act:
    mine = box(office)
    return lambda: move_box(actor=office.staf, box=Box.objects.get(pk=mine.pk), shelf_code="R-2", reason="Rak penuh")


def starting_a_check(office: Office) -> Act:
    return lambda: start_check(actor=office.staf, agency=office.agency, name="2026")


def confirming_a_box(office: Office) -> Act:
    mine, check = box(office), start_check(actor=office.staf, agency=office.agency, name="2026")
    return lambda: confirm_box(actor=office.staf, check=check, box=mine)


def closing_a_check(office: Office) -> Act:
    check = start_check(actor=office.staf, agency=office.agency, name="2026")
    return lambda: close_check(actor=office.kasubbag, check=check)


def lending(office: Office) -> Act:
    mine = deposit(office)
    return lambda: lend(actor=office.staf, deposit=mine, data=LENT)


def taking_back(office: Office) -> Act:
    loan = lend(actor=office.staf, deposit=deposit(office), data=LENT)
    return lambda: take_back(actor=office.staf, loan=loan)


def lifting_a_hold(office: Office) -> Act:
    hold = hold_deposit(actor=office.kasubbag, deposit=deposit(office), ground="perkara", reference="12/G/2026")
    return lambda: lift_hold(actor=office.kasubbag, hold=hold, reason="Perkara selesai.")


def receiving_a_copy(office: Office) -> Act:
    mine = copy(office)
    return lambda: confirm_receipt(actor=office.sekretaris, copy=mine)


def losing_a_copy(office: Office) -> Act:
    mine = copy(office, form="kertas")
    return lambda: record_copy_event(
        actor=office.staf, copy=mine, kind=CopyEventKind("hilang"), note="Surat pernyataan"
    )


def withdrawing_a_document(office: Office) -> Act:
    document = document_of(office.case(AT[6]))
    return lambda: withdraw_document(actor=office.kepala, document_id=document.pk, reason="Salah orang.")


def revoking_a_certificate(office: Office) -> Act:
    mine = certificate(office)
    return lambda: revoke_certificate(actor=office.kasubbag, certificate_id=mine.pk, reason="Ponsel hilang")


def renewing_a_certificate(office: Office) -> Act:
    mine = certificate(office)
    revoke_certificate(actor=office.kasubbag, certificate_id=mine.pk, reason="Ponsel hilang")
    return lambda: renew_certificate(actor=office.kasubbag, certificate_id=mine.pk)


def ending_a_mandate(office: Office) -> Act:
    mandate = give(office)
    return lambda: end_mandate(actor=office.kepala, mandate=mandate, reason="Pejabatnya kembali.")


def changing_the_assessor(office: Office) -> Act:
    case = office.case("pegawai")
    given = {"happened": "assessor_moved", "on": TODAY, "assessor": office.atasan_lain, "reason": "SK 1"}
    return lambda: reassign_assessor(actor=office.kasubbag, case_id=case.pk, **given)


def revising_the_sop(office: Office) -> Act:
    current = version_in_force(office.agency, SHIPPED_KEY, TODAY)
    assert current is not None
    return lambda: sop.revise_version(actor=office.kasubbag, version=current)


def approving_the_sop(office: Office) -> Act:
    draft = revising_the_sop(office)()
    given = {"on": TODAY, "by": "Kepala Dinas", "number": "000.8/1"}
    return lambda: sop.approve_version(actor=office.kepala, version=draft, **given)


def drafting_a_plan(office: Office) -> Act:
    return lambda: draft_plan(actor=office.pegawai, employee=office.pegawai, year=NEXT_YEAR, method="pp46-2011")


def asking_for_a_reset(office: Office) -> Act:
    set_rule(actor=office.kasubbag, agency=office.agency, second_person=True)
    return lambda: ask_reset(actor=office.kasubbag, person=office.pegawai, reason="Lupa.")


def agreeing_to_a_reset(office: Office) -> Act:
    asked = asking_for_a_reset(office)()
    return lambda: confirm_reset(actor=office.kepala, request_id=asked.pk)


ACTS: dict[str, Callable[[Office], Act]] = {
    act.__name__: act
    for act in (
        adding_a_box, moving_a_box, starting_a_check, confirming_a_box, closing_a_check, lending, taking_back,
        lifting_a_hold, receiving_a_copy, losing_a_copy, withdrawing_a_document, revoking_a_certificate,
        renewing_a_certificate, ending_a_mandate, changing_the_assessor, revising_the_sop, approving_the_sop,
        drafting_a_plan, asking_for_a_reset, agreeing_to_a_reset,
    )
}  # fmt: skip


# PostgreSQL locks rows, SQLite whole transactions: one act of each room there, all of them here.
ALSO_ON_POSTGRESQL = {"moving_a_box", "taking_back", "receiving_a_copy", "ending_a_mandate", "approving_the_sop"}
ALSO_ON_POSTGRESQL |= {"agreeing_to_a_reset"}
ALSO_ON_POSTGRESQL |= {"setujui", "receive", "set"}


def pick(name: str) -> None:
    if connection.vendor == "postgresql" and name not in ALSO_ON_POSTGRESQL and not EVERYTHING:
        pytest.skip("one act of each room is raced on PostgreSQL")


@pytest.mark.parametrize("name", ACTS)
def test_act_is_done_once(office: Office, name: str, many: int) -> None:
    pick(name)
    assert_done_once(ACTS[name](office), many)


# --- the moves of a plan

WHO = {Relation.EMPLOYEE: "pegawai", Relation.SUPERIOR: "atasan", Relation.UPPER: "kepala", Relation.DESK: "staf"}
WAY = {
    PlanState.DRAFT: (),
    PlanState.SUBMITTED: (PlanMoveKind.SUBMIT,),
    PlanState.HANDED_UP: (PlanMoveKind.SUBMIT, PlanMoveKind.HAND_UP),
    PlanState.AGREED: (PlanMoveKind.SUBMIT, PlanMoveKind.AGREE),
}
MOVES = [kind for kind in RULES if kind not in {PlanMoveKind.EDIT, PlanMoveKind.CORRECT}]


def move(office: Office, plan: Plan, kind: PlanMoveKind) -> Plan:
    rule = RULES[kind]
    who = next(WHO[relation] for relation in Relation if relation in rule.whose)
    given = {
        "reason": "Belum sesuai." if rule.asks == "alasan" else "",
        "on": TODAY if rule.asks == "tanggal" else None,
    }
    return move_plan(actor=office.people[who], plan_id=plan.pk, kind=kind, **given)


@pytest.mark.parametrize("kind", MOVES)
def test_plan_makes_a_move_once(office: Office, kind: PlanMoveKind, many: int) -> None:
    pick(kind.value)
    plan = draft_plan(actor=office.pegawai, employee=office.pegawai, year=NEXT_YEAR, method="pp46-2011")
    plan = save_content(actor=office.pegawai, plan_id=plan.pk, data=list(ACTIVITIES))
    state = next(state for state in WAY if state in RULES[kind].states)
    for before in WAY[state]:
        plan = move(office, plan, before)
    assert_done_once(lambda: move(office, plan, kind), many)


# --- the acts after the approval

MAKER = {kind.makes: kind for kind in PP46.kinds}
# They follow a day that passes, or what another office did; their tests are in tests/casework.
AFTER_A_DAY = {
    kind.key for kind in PP46.kinds if any(all(fact.endswith("_overdue") for fact in group) for group in kind.after)
}
# What the case itself shows: its document is issued, and the employee has signed it.
SHOWN = {"approved", "returned"}
POSSIBLE = [kind.key for kind in PP46.kinds if kind.key not in AFTER_A_DAY]


def recording(office: Office, kind: Kind) -> Act:
    """The act on the case of Sinta (staf2), whom the Kasubbag assesses, below the Sekretaris."""
    case = office.case(AT[5])
    who = {"pegawai": "staf2", "pejabat_penilai": "kasubbag", "atasan_pejabat_penilai": "sekretaris"}
    actor = office.people[next((name for party, name in who.items() if party == kind.party), "kasubbag")]
    given: dict[str, Any] = {"text": f"Isi {kind.key}.", "password": PASSWORD}
    if kind.changes_result:
        given["draft"] = replace(assessment(case), quality={1: Decimal(96), 2: Decimal(85)})
    return lambda: record_act(actor=actor, case_id=case.pk, kind=kind.key, **given)


def prepare(office: Office, kind: Kind, done: set[str]) -> None:
    for group in kind.after:
        fact = next((fact for fact in group if fact in MAKER or fact in SHOWN), "")
        if fact == "returned":
            office.at_step(6, of=AT[5])
        if fact in MAKER and fact not in done:
            prepare(office, MAKER[fact], done)
            recording(office, MAKER[fact])()
            done.add(fact)


@pytest.mark.parametrize("key", POSSIBLE)
def test_act_after_the_approval_is_recorded_once(office: Office, key: str, many: int) -> None:
    pick(key)
    kind = next(kind for kind in PP46.kinds if kind.key == key)
    prepare(office, kind, set())
    assert_done_once(recording(office, kind), many)


# --- making the archive smaller


@pytest.mark.parametrize("key", ["list", "sign_unit"])
def test_act_of_a_reduction_is_done_once(office: Office, monkeypatch: pytest.MonkeyPatch, key: str, many: int) -> None:
    pick(key)
    set_retention(actor=office.kasubbag, agency=office.agency, data=RuleData("800.1.4.4", 1, 1, "musnah", "Perbup 1"))
    mine = deposit(office)
    record_end_of_service(actor=office.kasubbag, employee=office.atasan, on=TODAY, ground="pensiun", letter="SK 1")
    then = clock.now() + dt.timedelta(days=732)
    monkeypatch.setattr(clock, "now", lambda: then)
    made = start_reduction(actor=office.staf, agency=office.agency, kind=ReductionKind.MOVE, deposits=[mine.pk])

    def doing(which: str, who: str) -> Act:
        data = ActData(password=PASSWORD)
        return lambda: perform_act(
            actor=office.people[who], reduction=Reduction.objects.get(pk=made.pk), key=which, data=data
        )

    if key == "sign_unit":
        doing("list", "staf")()
    assert_done_once(doing(key, {"list": "staf", "sign_unit": "kasubbag"}[key]), many)


def test_what_is_left_out_follows_a_day_that_passes() -> None:
    assert sorted(AFTER_A_DAY) == ["set", "take_over"]
