"""What the Kasubbag is shown: each question by a line that it is about and one that it is not."""

from decimal import Decimal

import pytest
from django.urls import reverse
from tests.office import ACTIVITIES, Office
from tests.web.browsing import PDF, words

from takar.appraisal import checks, forms
from takar.appraisal.enums import Stage
from takar.appraisal.regimes.pp46 import PP46
from takar.appraisal.types import ExtraData, FormData, LineData
from takar.casework.actions import add_evidence, save_form

D = Decimal
# Activity 2 has a cost, activity 1 has none. What is realised, and which questions it raises, by line.
LINES: list[tuple[str, LineData, set[str]]] = [
    ("as planned", LineData(1, quantity=D(12), time=D(12)), set()),
    ("nothing at all", LineData(1), {"no_realisation"}),
    ("only a note", LineData(1, note="sakit"), {"no_realisation"}),
    ("nought is a realisation", LineData(1, quantity=D(0), time=D(0)), set()),
    ("time without quantity", LineData(1, time=D(12)), {"quantity_missing"}),
    ("quantity without time", LineData(1, quantity=D(12)), {"time_missing"}),
    ("a cost that was not planned", LineData(1, quantity=D(12), time=D(12), cost=D(5)), {"cost_without_target"}),
    ("a cost of nothing", LineData(1, quantity=D(12), time=D(12), cost=D(0)), set()),
    ("twice the target", LineData(1, quantity=D(24), time=D(12)), set()),
    ("more than twice", LineData(1, quantity=D("24.0001"), time=D(12)), {"quantity_far_above"}),
    ("the whole year", LineData(1, quantity=D(12), time=D(12)), set()),
    ("more than a year", LineData(1, quantity=D(12), time=D("12.5")), {"time_beyond_year"}),
    ("planned cost kept", LineData(2, quantity=D(4), time=D(12), cost=D(1)), set()),
    ("planned cost missing", LineData(2, quantity=D(4), time=D(12)), {"cost_missing"}),
    ("planned cost, not carried out", LineData(2, quantity=D(0), time=D(0)), set()),
    ("without a target", LineData(None, "Panitia", quantity=D(1), time=D(1)), {"no_target"}),
]
CODES = {
    "no_target", "no_realisation", "quantity_missing", "time_missing", "cost_missing", "cost_without_target",
    "quantity_far_above", "time_beyond_year", "no_evidence",
}  # fmt: skip


def found(office: Office, data: FormData) -> dict[int, set[str]]:
    """The codes by line of what the form of the case raises when it says this."""
    form = forms.draft_of(office.case().appraisal, Stage.COLLECTED)
    forms.write_content(form, data)
    codes: dict[int, set[str]] = {}
    for finding in checks.findings(form):
        codes.setdefault(finding.line, set()).add(finding.code)
    return codes


def test_every_question_has_its_line_here() -> None:
    asked = {code for _, _, codes in LINES for code in codes} | {"no_evidence"}
    assert ({check.code for check in PP46.checks}, asked) == (CODES, CODES)


def test_each_line_raises_its_questions_and_no_others(office: Office) -> None:
    task = office.case().task_id
    for activity in (1, 2):
        add_evidence(actor=office.staf, step_run_id=task, item=activity, files=[("a.pdf", PDF)])
    for what, line, codes in LINES:
        raised = found(office, FormData((line,))).get(1, set())
        assert raised - {"no_evidence"} == codes, what
        assert ("no_evidence" in raised) is (line.item is None), what


def test_evidence_is_missed_only_where_something_was_done(office: Office) -> None:
    case = office.case()
    data = FormData((LineData(1, quantity=D(12), time=D(12)), LineData(2, quantity=D(0), time=D(0))))
    assert found(office, data) == {1: {"no_evidence"}}
    add_evidence(actor=office.staf, step_run_id=case.task_id, item=None, files=[("umum.pdf", PDF)])
    assert found(office, data) == {1: {"no_evidence"}}
    add_evidence(actor=office.staf, step_run_id=case.task_id, item=1, files=[("a.pdf", PDF)])
    assert found(office, data) == {}
    case.appraisal.evidence.update(removed_at=case.since)
    assert found(office, data) == {1: {"no_evidence"}}


@pytest.mark.parametrize("kind", ["tambahan", "kreativitas"])
def test_extra_without_a_letter_is_asked_for_it(office: Office, kind: str) -> None:
    level = "unit" if kind == "kreativitas" else ""
    extras = (ExtraData(kind, "Aplikasi", level), ExtraData(kind, "Lain", level, "SK/2"))
    form = forms.draft_of(office.case().appraisal, Stage.COLLECTED)
    forms.write_content(form, FormData((), extras))
    [finding] = [f for f in checks.findings(form) if f.line == 0]
    assert finding.code == "no_letter"
    assert finding.message.endswith("“Aplikasi” belum menyebut nomor surat keterangan.")


def test_findings_stand_on_the_kasubbag_s_page(office: Office) -> None:
    save_form(
        actor=office.staf, step_run_id=office.case().task_id, data=FormData((LineData(1, quantity=D(99), time=D(1)),))
    )
    office.client("staf").post(reverse("step", args=[office.case().task_id]), {"tindakan": "selesai"})
    page = words(office.client("kasubbag").get(reverse("step", args=[office.case().task_id])))
    assert "Kuantitas lebih dari dua kali target; pastikan angkanya benar." in page
    assert "Target ada, realisasi belum diisi; bila dibiarkan, kegiatan ini bernilai nol." in page
    assert ACTIVITIES[1].name in page
