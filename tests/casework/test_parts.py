"""PP 46/2011: a mutasi within the year, each part by its own SKP, and tugas belajar, through the steps to the document."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from tests.office import ACTIVITIES, PASSWORD, TODAY, YEAR, Office, assessment
from tests.web.browsing import words

from takar.appraisal.models import Activity, Appraisal, EarlierPlan, Plan
from takar.appraisal.queries import irreproducible_results
from takar.appraisal.regimes import items_of
from takar.appraisal.types import DraftAssessment, FormData, LineData, StudyData
from takar.casework.actions import add_evidence, advance_case, save_form
from takar.casework.models import Case
from takar.casework.periods import open_period, outlook
from takar.casework.steps import StepData, document_of
from takar.common import clock
from takar.exchange.formats.forms import read_forms
from takar.exchange.outgoing import blank_forms
from takar.organisation.enums import Standing
from takar.organisation.models import Employee

NEXT = YEAR + 1
MIDDLE = dt.date(NEXT, 6, 30)
FIRST, SECOND = ("Analis", "Perencana")


def moved(office: Office) -> Case:
    """Rudi has a plan for each half of the year; his case of the year stands at step 1."""
    spans = ((1, None, MIDDLE, FIRST), (2, MIDDLE + dt.timedelta(days=1), None, SECOND))
    for part, start, end, post in spans:
        plan = Plan.objects.create(
            agency=office.agency, employee=office.rekan, year=NEXT, part=part, start=start, end=end, post=post,
            updated_at=clock.now(),
        )  # fmt: skip
        for row in ACTIVITIES[: 3 - part]:
            Activity.objects.create(
                plan=plan, number=row.number, name=f"{row.name} ({post})", quantity=row.quantity,
                quantity_unit=row.quantity_unit, quality=row.quality, time=row.time, time_unit=row.time_unit,
                cost=row.cost, credit=row.credit,
            )  # fmt: skip
        Plan.objects.filter(pk=plan.pk).update(state="disepakati", agreed_on=dt.date(NEXT, 1, 5))
    return opened(office)


def opened(office: Office) -> Case:
    office.period = open_period(
        actor=office.kasubbag, agency=office.agency, year=NEXT, method="pp46-2011", version=office.period.version
    )
    return office.case("rekan")


FILLED = FormData(
    (
        LineData(1, quantity=Decimal(12), time=Decimal(12)),
        LineData(2, quantity=Decimal(4), time=Decimal(12), cost=Decimal(10_000_000)),
        LineData(3, quantity=Decimal(12), time=Decimal("9.12")),
    )
)


def to_step_four(office: Office, data: FormData) -> Case:
    case = office.case("rekan")
    save_form(actor=office.staf, step_run_id=case.task_id, data=data)
    for actor in (office.staf, office.kasubbag, office.staf):
        case = advance_case(actor=actor, step_run_id=office.case("rekan").task_id, data=StepData())
    return case


def approve(office: Office, case: Case, quality: dict[int, Decimal | None]) -> Case:
    draft = DraftAssessment(quality=quality, behaviour=assessment(case).behaviour)
    return advance_case(
        actor=office.atasan, step_run_id=case.task_id, data=StepData(assessment=draft), password=PASSWORD
    )


def test_mutasi_is_assessed_by_parts_and_their_unweighted_mean(office: Office) -> None:
    case = moved(office)
    assert [(item.number, item.row.name) for item in items_of(case.appraisal)] == [
        (1, "Menyusun laporan bulanan (Analis)"),
        (2, "Mengelola arsip (Analis)"),
        (3, "Menyusun laporan bulanan (Perencana)"),
    ]
    case = to_step_four(office, FILLED)
    page = words(office.client("atasan").get(f"/tugas/{case.task_id}/"))
    assert "SKP 1 Januari s.d. 30 Juni 2026, Analis" in page
    assert "SKP 1 Juli s.d. 31 Desember 2026, Perencana" in page
    approve(office, case, {1: Decimal(100), 2: Decimal(100), 3: Decimal(100)})
    result = office.case("rekan").appraisal.result
    values = {line["key"]: line["printed"] for line in result["lines"]}
    assert (values["plans.0.mean"], values["plans.1.mean"], values["skp.mean"]) == ("90,00", "100,00", "95,00")
    shown = words(office.client("rekan").get(f"/berkas/{case.pk}/"))
    assert "Rata-rata nilai SKP jabatan lama dan baru" in shown
    assert "Tugas tambahan dan kreativitas dihitung sekali untuk satu tahun" in shown
    parts = [row.get("part") for row in document_of(office.case("rekan")).data["activities"]]
    assert parts == [
        "SKP 1 Januari s.d. 30 Juni 2026, Analis (rata-rata 90,00)",
        None,
        "SKP 1 Juli s.d. 31 Desember 2026, Perencana (rata-rata 100,00)",
    ]
    assert list(irreproducible_results()) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        EarlierPlan.objects.all().delete()


def test_form_of_a_mutasi_counts_through_on_screen_and_in_the_workbook(office: Office) -> None:
    case = moved(office)
    page = words(office.client("staf").get(f"/tugas/{case.task_id}/"))
    assert "SKP 1 Juli s.d. 31 Desember 2026, Perencana 3 Menyusun laporan bulanan (Perencana)" in page
    assert "bagian 2, kegiatan 1" in page
    content = blank_forms([case])
    assert content is not None
    assert [line.number for line in read_forms(content, name="x.xlsx")[0].lines] == [1, 2, 3]
    add_evidence(actor=office.staf, step_run_id=case.task_id, item=3, files=[("b.pdf", b"%PDF-1.7\n%%EOF\n")])
    assert case.appraisal.evidence.get().activity.plan.part == 2


def test_missing_figure_of_a_part_is_told_by_part(office: Office) -> None:
    moved(office)
    case = to_step_four(office, FILLED)
    page = words(office.client("atasan").get(f"/tugas/{case.task_id}/"))
    assert "Bagian 2, Kegiatan 1, Kualitas" in page


def studying(office: Office) -> Case:
    Employee.objects.filter(pk=office.rekan.pk).update(standing=Standing.STUDY)
    return opened(office)


def test_tugas_belajar_is_assessed_by_the_academic_grade(office: Office) -> None:
    case = studying(office)
    assert (case.appraisal.study, case.appraisal.plan) == (True, None)
    page = words(office.client("staf").get(f"/tugas/{case.task_id}/"))
    assert "Tugas belajar IPK" in page
    assert "Akreditasi" not in page
    assert "Tugas tambahan" not in page
    case = to_step_four(office, FormData((), study=StudyData(gpa=Decimal("3.65"))))
    assert "Prestasi akademik IPK 3,65" in words(office.client("atasan").get(f"/tugas/{case.task_id}/"))
    approve(office, case, {})
    appraisal = office.case("rekan").appraisal
    assert (appraisal.skp_value, appraisal.final_value, appraisal.category) == (
        Decimal("91.25"),
        Decimal("89.95"),
        "baik",
    )
    row = document_of(office.case("rekan")).data["activities"][0]
    assert (row["target"], row["realisation"], row["value"]) == ({"quality": "4"}, {"quality": "3,65"}, "91,25")
    assert list(irreproducible_results()) == []


def test_tugas_belajar_needs_no_targets(office: Office) -> None:
    Employee.objects.filter(pk=office.rekan.pk).update(standing=Standing.STUDY)
    seen = outlook(office.agency, NEXT, TODAY, "pp46-2011")
    assert office.rekan not in seen.first_without_plan
    assert (seen.included, seen.excluded) == (9, [])


def test_missing_grade_is_found_at_step_two_and_asked_for_at_step_four(office: Office) -> None:
    studying(office)
    case = office.case("rekan")
    page = office.client("staf").post(f"/tugas/{case.task_id}/", {"tindakan": "selesai", "study-gpa": ""})
    assert page.status_code == 422
    wrong = office.client("staf").post(f"/tugas/{case.task_id}/", {"tindakan": "simpan", "study-gpa": "4,1"})
    assert "Paling tinggi 4." in words(wrong)
    assert Appraisal.objects.get(pk=case.pk).approved_at is None
