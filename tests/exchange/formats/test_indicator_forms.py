"""The formulir kinerja under PermenPANRB 6/2022 as a workbook: sent out with indicators, taken in with what came of them."""

from decimal import Decimal
from typing import Any

import pytest
from tests.office import Office
from tests.six import STUDY, six_office

from takar.appraisal import forms
from takar.appraisal.enums import Stage
from takar.exchange.actions import collect_files
from takar.exchange.formats.forms import FilledForm, FormLine, FormSheet, IndicatorLine, read_forms, write_forms
from takar.exchange.outgoing import blank_forms


def sheet_of(office: Office, of: str = "pegawai", **changes: Any) -> FormSheet:
    case = office.case(of)
    return FormSheet(case.code, case.nip, case.name, case.post, case.unit, "2024", **changes)


LINES = (
    IndicatorLine(1, "1. Laporan", "Jumlah laporan", "12 laporan"),
    IndicatorLine(2, "1. Laporan", "Lama penyusunan", "3 sampai 5 hari"),
    IndicatorLine(3, "2. Arsip", "Penataan arsip", "Seluruh arsip 2024 tertata"),
)


@pytest.fixture
def six(office: Office) -> Office:
    return six_office(office)


def test_blank_form_names_each_indicator_of_the_plan(six: Office) -> None:
    (form,) = read_forms(blank_forms([six.case()]) or b"", name="a.xlsx")
    assert (form.code, form.problems) == (six.case().code, ())
    assert [(line.number, line.name) for line in form.lines] == [(line.number, line.name) for line in LINES]


def test_words_and_figures_come_from_the_workbook(six: Office) -> None:
    done = (
        FormLine(0, 1, "", realisation="12 laporan", figure=Decimal(12)),
        FormLine(0, 3, "", realisation="Tertata", note="map 3"),
    )
    sheet = sheet_of(six, indicators=LINES)
    content = write_forms([sheet], filled=[FilledForm("", sheet.code, sheet.nip, lines=done)])
    lines = collect_files(actor=six.staf, files=[("a.xlsx", content)])
    assert [(line.done, line.message, line.problems) for line in lines] == [(True, "Terbaca.", ())]
    data = forms.data_of(forms.draft_of(six.case().appraisal, Stage.COLLECTED))
    assert [(line.item, line.realisation, line.figure, line.note) for line in data.lines] == [
        (1, "12 laporan", Decimal(12), ""),
        (2, "", None, ""),
        (3, "Tertata", None, "map 3"),
    ]


def test_grade_of_a_tugas_belajar_comes_from_the_workbook(office: Office) -> None:
    six = six_office(office, people=(), study="rekan")
    sheet = sheet_of(six, "rekan", study=True)
    content = write_forms([sheet], filled=[FilledForm("", sheet.code, sheet.nip, study=STUDY)])
    (line,) = collect_files(actor=six.staf, files=[("a.xlsx", content)])
    assert (line.done, line.problems) == (True, ())
    assert forms.draft_of(six.case("rekan").appraisal, Stage.COLLECTED).kept_study == STUDY
    assert blank_forms([six.case("rekan")]) is not None
