"""What came of a period, by unit, rank and post, and as files to take along."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from tests.office import Office

from takar.casework.models import Case
from takar.reports.behind import cases_behind
from takar.reports.exports import paper, workbook
from takar.reports.results import BY, categories_of, summary_of


def test_categories_are_those_of_the_regulation() -> None:
    assert [label for _, label in categories_of("pp46-2011")] == ["Sangat baik", "Baik", "Cukup", "Kurang", "Buruk"]
    assert [key for key, _ in categories_of("permenpan6-2022")] == [
        "sangat_baik", "baik", "butuh_perbaikan", "kurang", "sangat_kurang",
    ]  # fmt: skip
    assert categories_of("lain") == ()


@pytest.mark.parametrize("by", BY)
def test_each_result_stands_in_one_cell(office: Office, by: str) -> None:
    case = office.at_step(5)
    found = summary_of(office.period, by)
    (group,) = found.groups
    expected = {"unit": case.unit, "jabatan": case.post, "golongan": case.snapshot["employee"]["rank"]}
    assert (group.label, group.total, sum(found.totals)) == (expected[by], 1, 1)
    assert found.unfinished == Case.objects.filter(period=office.period).count() - 1
    asked = {"apa": "hasil", "menurut": by, "kelompok": group.label, "hasil": case.appraisal.category}
    assert list(cases_behind(office.period, asked)[1]) == [case]
    assert list(cases_behind(office.period, asked | {"hasil": "buruk"})[1]) == []


def test_period_without_results_is_an_empty_table(office: Office) -> None:
    found = summary_of(office.period, "unit")
    assert (found.groups, found.totals, found.guide) == ((), (0, 0, 0, 0, 0), None)


def test_workbook_holds_the_table_with_its_totals(office: Office) -> None:
    case = office.at_step(5)
    content = workbook(office.period, summary_of(office.period, "unit"))
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[3] == ["Unit kerja", "Sangat baik", "Baik", "Cukup", "Kurang", "Buruk", "Jumlah"]
    assert (rows[4][0], rows[4][-1], rows[5][0], rows[5][-1]) == (case.unit, 1, "Jumlah", 1)


def test_paper_names_the_period_and_what_is_missing(office: Office) -> None:
    office.at_step(5)
    text = " ".join(
        PdfReader(BytesIO(paper(office.period, summary_of(office.period, "unit")))).pages[0].extract_text().split()
    )
    assert ("Rekapitulasi hasil penilaian" in text, office.period.name in text, "Belum dinilai" in text) == (
        True,
        True,
        True,
    )
