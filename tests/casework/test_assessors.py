"""Who assesses after a change of superior: the rule shown, the desk's decision, and what follows it."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.casework.aftermath_days import on_day
from tests.office import PASSWORD, TODAY, Office, assessment, person_data

from takar.appraisal.models import Appraisal
from takar.audit.queries import events_of, verify_chains
from takar.casework.actions import advance_case
from takar.casework.acts import record_act
from takar.casework.assessors import (
    HAPPENED,
    can_reassign,
    reassign_assessor,
    rulings,
    superior_now,
    with_another_superior,
)
from takar.casework.models import Case, Reassignment
from takar.casework.steps import StepData, document_of
from takar.common.errors import InvalidInput, NotAllowed
from takar.organisation.actions import import_staff
from takar.organisation.enums import PersonKind
from takar.organisation.models import Employee

NEXT_DAY = TODAY + dt.timedelta(days=1)


def reassign(office: Office, **changes: Any) -> Reassignment:
    given: dict[str, Any] = {
        "actor": office.kasubbag,
        "case_id": office.case().pk,
        "happened": "assessor_moved",
        "on": TODAY,
        "assessor": office.atasan_lain,
        "reason": "SK mutasi 800/2/2026.",
    }
    return reassign_assessor(**given | changes)


def move_below(office: Office, superior: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the next day on, Putri answers to somebody else."""
    on_day(monkeypatch, 1)
    row = person_data("pegawai", superior_nip=office.people[superior].nip or "", unit="Bidang B")
    import_staff(actor=office.kasubbag, agency=office.agency, rows=[row], on=NEXT_DAY)


@pytest.mark.parametrize("step", [1, 4])
def test_new_assessor_assesses_whatever_the_step(office: Office, step: int) -> None:
    office.at_step(step)
    reassign(office)
    case = office.at_step(4)
    assert (case.assignee, case.assessor, case.assessor_superior_id) == (
        office.atasan_lain,
        office.atasan_lain,
        office.kepala.pk,
    )
    with pytest.raises(NotAllowed):
        advance_case(
            actor=office.atasan, step_run_id=case.task_id, data=StepData(assessment=assessment(case)), password=PASSWORD
        )
    document = document_of(office.at_step(5))
    assert document.data["assessor"]["name"] == "Agus Salim"
    assert [signature.name for signature in document.signatures.all()] == ["Agus Salim"]
    assert list(verify_chains()) == []


def test_decision_keeps_the_former_snapshot_the_rule_and_the_reason(office: Office) -> None:
    before = office.case().snapshot
    made = reassign(office)
    after = office.case().snapshot
    assert (made.before, made.after, made.former) == (before, after, office.atasan)
    assert after["assessor"]["post"] == "Kepala Bidang B"
    assert after["employee"] == before["employee"]
    assert made.rule.startswith("Pejabat penilai baru. Pejabat penilai yang pindah meninggalkan buku catatan")
    event = events_of(office.case().stream).last()
    assert event is not None
    assert (event.verb, event.reason, event.after["happened"]) == (
        "assessor.changed",
        "SK mutasi 800/2/2026.",
        "assessor_moved",
    )
    for change in (
        lambda: Reassignment.objects.update(reason="x"),
        lambda: Reassignment.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_employee_who_moved_is_named_by_the_new_post(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    move_below(office, "atasan_lain", monkeypatch)
    assert superior_now(office.case()) == office.atasan_lain
    assert [case.name for case in with_another_superior(office.period)] == ["Putri Maharani"]
    reassign(office, happened="employee_moved", on=NEXT_DAY)
    case = office.case()
    assert (case.unit, case.snapshot["employee"]["unit"]) == ("Bidang B", "Bidang B")
    assert superior_now(case) is None
    assert not with_another_superior(office.period).exists()


def test_desk_that_keeps_the_former_assessor_is_not_asked_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_below(office, "atasan_lain", monkeypatch)
    reassign(office, happened="assessor_absent", on=NEXT_DAY, assessor=office.kepala)
    assert not with_another_superior(office.period).exists()


def test_what_is_missing_or_wrong_is_told(office: Office) -> None:
    for changes, place in (
        ({"happened": "lain"}, "Yang terjadi"),
        ({"happened": "employee_acting"}, "Yang terjadi"),
        ({"on": None}, "Tanggal"),
        ({"on": NEXT_DAY}, "Tanggal"),
        ({"reason": " "}, "Alasan"),
        ({"reason": "x" * 2001}, "Alasan"),
        ({"assessor": None}, "Pejabat penilai"),
        ({"assessor": office.pegawai}, "Pejabat penilai"),
        ({"assessor": office.atasan}, "Pejabat penilai"),
        ({"assessor": office.pegawai, "case_id": office.case("atasan").pk}, "Pejabat penilai"),
    ):
        with pytest.raises(InvalidInput) as refused:
            reassign(office, **changes)
        assert [problem.where for problem in refused.value.problems] == [place], changes
    assert not Reassignment.objects.exists()


def test_only_the_desk_decides_and_not_on_its_own_case(office: Office) -> None:
    may = {who for who, person in office.people.items() if can_reassign(person, office.case())}
    assert may == {"kasubbag"}
    assert not can_reassign(office.kasubbag, office.case("kasubbag"))
    with pytest.raises(NotAllowed):
        reassign(office, actor=office.staf)


def test_approved_result_keeps_its_assessor(office: Office) -> None:
    office.at_step(5)
    with pytest.raises(NotAllowed) as refused:
        reassign(office)
    assert "sudah disetujui" in refused.value.message


def test_assessment_taken_over_keeps_its_assessor(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case = office.at_step(4)
    on_day(monkeypatch, 20)
    record_act(actor=office.kepala, case_id=case.pk, kind="take_over", text="Tidak menilai.", password=PASSWORD)
    assert not can_reassign(office.kasubbag, office.case())


def roles(case: Case, on: dt.date) -> dict[str, str]:
    return {row.happened: row.role for row in rulings(case, on)}


def test_rules_of_either_regulation_are_shown(office: Office) -> None:
    assert roles(office.case(), TODAY) == {
        "employee_moved": "penilai_baru",
        "assessor_moved": "penilai_baru",
        "assessor_absent": "atasan_penilai",
        "employee_away": "penilai_induk",
        "corrected": "penilai",
    }
    Appraisal.objects.filter(pk=office.case().pk).update(method="permenpan6-2022")
    expected = {
        "employee_moved": "penilai_baru",
        "assessor_moved": "penilai_lama",
        "assessor_absent": "atasan_penilai",
        "employee_acting": "pimpinan_plt",
        "employee_away": "penilai_induk",
        "corrected": "penilai",
    }
    assert list(expected) == list(HAPPENED)
    assert roles(office.case(), TODAY) == expected
    assert roles(office.case(), dt.date(2025, 8, 25)) == {**expected, "assessor_moved": "penilai_baru"}
    assert [row.person for row in rulings(office.case(), TODAY)][:3] == [None, office.atasan, office.kepala]


def test_assessor_without_a_seat_has_no_superior(office: Office) -> None:
    bupati = Employee.objects.get(kind=PersonKind.OTHER)
    reassign(office, happened="corrected", assessor=bupati)
    assert (office.case().assessor, office.case().assessor_superior) == (bupati, None)
