"""The document that a case leaves: what it says is what the case says, and one case has one."""

from decimal import Decimal

import pytest
from tests.documents.forms.reading import all_text, squeezed
from tests.office import PASSWORD, TODAY, Office

from takar.archive.models import Deposit
from takar.casework.actions import advance_case
from takar.casework.steps import StepData, document_of
from takar.common.errors import InvalidInput, NotAllowed
from takar.documents.copies import CopyData
from takar.documents.models import Document
from takar.files.queries import read
from takar.organisation.models import Assignment, Employee


def test_there_is_no_document_before_the_approval(office: Office) -> None:
    with pytest.raises(NotAllowed) as told:
        document_of(office.at_step(4))
    assert told.value.message == "Dokumen pengukuran kinerja belum terbit."
    assert Document.objects.count() == 0


def test_document_says_what_was_computed(office: Office) -> None:
    case = office.at_step(5)
    data = document_of(case).data
    assert case.appraisal.final_value == Decimal("90.48")
    assert data["final"] == {"value": "90,48", "label": "Baik"}
    assert data["skp"] == {"value": "92,13", "label": "Sangat baik"}
    assert data["behaviour_mean"] == {"value": "88,00", "label": "Baik"}
    assert [row["name"] for row in data["activities"]] == ["Menyusun laporan bulanan", "Mengelola arsip"]
    assert data["activities"][0]["realisation"] == {
        "credit": "",
        "quantity": "12 laporan",
        "quality": "90",
        "time": "9,12 bulan",
        "cost": "",
    }
    assert [(row["sum"], row["value"]) for row in data["activities"]] == [("290,00", "96,67"), ("350,33", "87,58")]


def test_document_prints_what_its_data_say(office: Office) -> None:
    document = document_of(office.at_step(5))
    text = all_text(read(document.file))
    for said in ("90,48", "92,13", "9,12 bulan", "Andi Saputra", "1 Januari s.d. 31 Desember 2025", "Dipertahankan."):
        assert squeezed(said) in text


def test_document_names_people_as_they_were_when_the_period_was_opened(office: Office) -> None:
    case = office.at_step(4)
    Employee.objects.filter(pk=office.pegawai.pk).update(name="Putri Maharani Baru", rank="IV/a")
    Assignment.objects.filter(employee=office.pegawai).update(post="Kepala Seksi")
    data = document_of(office.at_step(5)).data
    assert data["employee"] == {
        "name": "Putri Maharani",
        "nip": "19850707 201007 2 007",
        "rank": "Penata (III/c)",
        "post": "Analis",
        "unit": "Bidang A",
    }
    assert data["superior"]["name"] == case.snapshot["superior"]["name"] == "Karta Wijaya"


def test_documents_are_numbered_in_the_order_of_approval(office: Office) -> None:
    for name in ("rekan", "pegawai", "atasan_lain"):
        office.at_step(5, of=name)
    found = Document.objects.order_by("number").values_list("number", "subject__name")
    assert list(found) == [
        ("800.1.4.4/0001/DINCO/2025", "Rudi Hartawan"),
        ("800.1.4.4/0002/DINCO/2025", "Putri Maharani"),
        ("800.1.4.4/0003/DINCO/2025", "Agus Salim"),
    ]


def test_copies_without_a_list_go_to_employee_assessor_and_file(office: Office) -> None:
    case = office.at_step(6)
    advance_case(actor=office.staf, step_run_id=case.task_id, data=StepData())
    made = document_of(office.case()).copies.values_list("number", "recipient", "handed_over_on")
    assert list(made) == [
        (1, "Putri Maharani", TODAY),
        (2, "Andi Saputra", TODAY),
        (3, "Berkas kepegawaian", TODAY),
    ]


def test_copies_that_are_refused_leave_the_step_open(office: Office) -> None:
    case = office.at_step(6)
    with pytest.raises(InvalidInput):
        advance_case(
            actor=office.staf, step_run_id=case.task_id, data=StepData(copies=(CopyData("", "kertas", TODAY),))
        )
    assert (office.case().step, document_of(office.case()).copies.count()) == (6, 0)


def test_archived_document_is_found_where_it_lies(office: Office) -> None:
    case = office.at_step(8)
    deposit = Deposit.objects.select_related("box").get(document=document_of(case))
    assert (deposit.box.code, deposit.box.shelf.code, deposit.classification) == ("B-01", "R-1", "800.1.4.4")
    assert (deposit.number, deposit.name, deposit.year) == ("800.1.4.4/0001/DINCO/2025", "Putri Maharani", 2025)


TOO_LONG = [
    "Kode klasifikasi: Paling panjang 20 huruf.",
    "Box file: Paling panjang 40 huruf.",
    "Rak: Paling panjang 40 huruf.",
]
REFUSED = (
    (StepData(), ["Box file: Wajib diisi.", "Rak: Wajib diisi."]),
    (StepData(box="B", shelf="R", classification=" "), ["Kode klasifikasi: Wajib diisi."]),
    (StepData(box="B" * 41, shelf="R" * 41, classification="8" * 21), TOO_LONG),
)


def test_deposit_without_its_place_is_refused(office: Office) -> None:
    case = office.at_step(7)
    for data, problems in REFUSED:
        with pytest.raises(InvalidInput) as told:
            advance_case(actor=office.kasubbag, step_run_id=case.task_id, data=data)
        assert [str(problem) for problem in told.value.problems] == problems
    assert office.case().step == 7


def test_somebody_else_signs_nothing(office: Office) -> None:
    case = office.at_step(5)
    seen = StepData(seen_sha256=document_of(case).file.sha256)
    for other in (office.rekan, office.atasan, office.kasubbag, office.outsider):
        with pytest.raises(NotAllowed):
            advance_case(actor=other, step_run_id=case.task_id, data=seen, password=PASSWORD)
    assert document_of(office.case()).signatures.count() == 1
