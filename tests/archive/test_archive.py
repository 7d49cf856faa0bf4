"""Into the box and out of the search."""

from typing import Any

import pytest
from django.urls import reverse
from tests.office import STEP_DATA, YEAR, Office
from tests.web.browsing import contents, rows, words

from takar.archive.models import Box, Deposit
from takar.archive.queries import search
from takar.casework.actions import advance_case
from takar.casework.steps import StepData
from takar.common.errors import InvalidInput

TABLES = ("archive.Box", "archive.Deposit", "audit.Event")


def begin(office: Office) -> None:
    office.at_step(7)


def archive(office: Office, of: str = "pegawai", **place: Any) -> Deposit:
    case = office.at_step(7, of)
    data = StepData(**{"box": "B-01", "shelf": "R-1", **place})
    advance_case(actor=office.kasubbag, step_run_id=case.task_id, data=data)
    return Deposit.objects.get(document=case.documents.get().document)


def test_document_goes_into_its_box_under_its_own_name(office: Office) -> None:
    found = archive(office, box=" B-01 ", shelf=" R-1 ", classification="800.1.4.4")
    assert found.box is not None
    assert (found.box.code, found.box.shelf.code, found.classification) == ("B-01", "R-1", "800.1.4.4")
    assert (found.name, found.nip, found.year, found.number) == (
        "Putri Maharani", office.pegawai.nip, YEAR, f"800.1.4.4/0001/DINCO/{YEAR}",
    )  # fmt: skip
    assert (found.archived_by, office.case().step) == (office.kasubbag, 0)


def test_second_document_shares_the_box(office: Office) -> None:
    first, second = archive(office), archive(office, "rekan")
    assert (first.box, Box.objects.count()) == (second.box, 1)


def test_box_stands_on_one_shelf(office: Office) -> None:
    archive(office)
    office.at_step(7, "rekan")
    before = contents(*TABLES)
    with pytest.raises(InvalidInput) as refused:
        archive(office, "rekan", shelf="R-2")
    assert [str(problem) for problem in refused.value.problems] == [
        "Rak: Box B-01 tercatat di rak R-1; samakan raknya, pindahkan box itu di Arsip › Box dan rak, "
        "atau pakai box lain."
    ]
    assert (contents(*TABLES), office.case("rekan").step) == (before, 7)


@pytest.mark.parametrize("place", [{"box": ""}, {"shelf": " "}, {"classification": ""}, {"box": "B" * 41}])
def test_place_must_be_named_within_its_length(office: Office, place: dict[str, str]) -> None:
    case = office.at_step(7)
    before = rows()
    with pytest.raises(InvalidInput):
        advance_case(
            actor=office.kasubbag, step_run_id=case.task_id, data=StepData(**{"box": "B", "shelf": "R", **place})
        )
    assert (rows(), office.case().step) == (before, 7)


FOUND = [
    ("", ["pegawai", "rekan"]),
    ("putri", ["pegawai"]),
    ("maharani PUTRI", ["pegawai"]),
    ("putri rudi", []),
    ("19850707", ["pegawai"]),
    ("19850707 201007 2 007", ["pegawai"]),
    ("19860808.201108", ["rekan"]),
    ("2025", ["pegawai", "rekan"]),
    ("2024", []),
    ("0002/DINCO", ["rekan"]),
    ("B-07", ["rekan"]),
    ("putri B-01 2025", ["pegawai"]),
    ("putri B-07", []),
    ("B-2025-12", []),  # "bulan", "2025" and "12" all stand in them, but not this number
    ("87,58", ["pegawai", "rekan"]),
    ("2026-01-12", ["pegawai", "rekan"]),
    ("kerja-sama", ["pegawai", "rekan"]),
    ("%", []),
    ("_", []),
    ("²", []),
    ("٢٠٢٥", ["pegawai", "rekan"]),
    ("9" * 100, []),
    ("' OR 1=1 --", []),
]


def test_document_is_found_by_name_nip_year_number_and_box(office: Office) -> None:
    archive(office)
    archive(office, "rekan", box="B-07")
    names = {office.people[name].pk: name for name in ("pegawai", "rekan")}
    for wanted, found in FOUND:
        answer = [names[deposit.document.subject_id] for deposit in search(office.staf, wanted)]
        assert answer == found, wanted


def test_desk_and_heads_find_all_and_everybody_else_the_own(office: Office) -> None:
    archive(office)
    archive(office, "rekan")
    found = {name: search(person, "").count() for name, person in office.people.items()}
    assert found == {
        "staf": 2, "staf2": 2, "kasubbag": 2, "sekretaris": 2, "kepala": 2, "pegawai": 1, "rekan": 1, "atasan": 0,
        "atasan_lain": 0, "outsider": 0,
    }  # fmt: skip


def test_page_shows_where_the_document_lies(office: Office) -> None:
    archive(office)
    page = office.client("staf").get(reverse("archive"), {"cari": "putri"})
    assert "2025 B-01 R-1" in words(page)
    assert "Tidak ada arsip yang cocok dengan “<zz>”." in words(
        office.client("staf").get(reverse("archive"), {"cari": "<zz>"})
    )


def test_archiving_is_the_last_act(office: Office) -> None:
    assert STEP_DATA[7](office.at_step(7)).box == "B-01"
    archive(office)
    assert (office.case().run.state, office.case().open_step) == ("closed", None)
