"""Plans under PermenPANRB 6/2022: kept whole, linked to the superior's, refused in words."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.office import ACTIVITIES, YEAR, Office
from tests.work_plans import ARCHIVE, REPORTS, WORK_PLAN

from takar.appraisal.enums import Regulation
from takar.appraisal.models import Plan, Work
from takar.appraisal.plan_contents.works import work_plan
from takar.appraisal.plan_queries import in_force
from takar.appraisal.plans import save_plans
from takar.appraisal.types import IndicatorData, WorkPlanData
from takar.audit.models import Event
from takar.common.errors import InvalidInput
from takar.organisation.models import Employee
from takar.organisation.types import Summary

METHOD = Regulation.PERMENPAN6.value


def save(office: Office, plans: dict[Employee, WorkPlanData]) -> Summary:
    return save_plans(actor=office.staf, agency=office.agency, year=YEAR, plans=plans, method=METHOD)


def kept(person: Employee) -> WorkPlanData:
    return work_plan(in_force(Plan.objects.filter(employee=person, year=YEAR, method=METHOD)).get())


def test_work_plan_is_kept_whole_and_a_second_time_changes_nothing(office: Office) -> None:
    assert save(office, {office.pegawai: WORK_PLAN}) == Summary(1, 0, 0)
    assert kept(office.pegawai) == WORK_PLAN
    assert save(office, {office.pegawai: WORK_PLAN}) == Summary(0, 0, 1)
    events = Event.objects.filter(verb="plan.saved", subject=f"employee:{office.pegawai.pk}").order_by("-at")
    assert [event.after["year"] for event in events if "works" in event.after] == [YEAR]


def test_work_plan_stands_beside_the_one_under_pp46(office: Office) -> None:
    save(office, {office.pegawai: WORK_PLAN})
    plans = Plan.objects.filter(employee=office.pegawai, year=YEAR).order_by("method")
    assert [(plan.method, plan.works.count(), plan.activities.count()) for plan in plans] == [
        ("permenpan6-2022", 2, 0),
        ("pp46-2011", 0, len(ACTIVITIES)),
    ]


def test_work_takes_up_the_superiors_of_that_number_also_in_the_same_write(office: Office) -> None:
    below = replace(WORK_PLAN, works=(replace(REPORTS, superior_work=2), replace(ARCHIVE, superior_work=9)))
    save(office, {office.pegawai: below, office.atasan: WORK_PLAN})
    rows = Work.objects.filter(plan__employee=office.pegawai).order_by("number")
    assert [row.superior_work.name if row.superior_work else None for row in rows] == [ARCHIVE.name, None]


def test_work_that_is_changed_stays_taken_up(office: Office) -> None:
    save(office, {office.atasan: WORK_PLAN})
    save(office, {office.pegawai: replace(WORK_PLAN, works=(replace(REPORTS, superior_work=1),))})
    renamed = replace(WORK_PLAN, works=(replace(REPORTS, name="Laporan bidang"),))
    assert save(office, {office.atasan: renamed}) == Summary(0, 1, 0)
    assert kept(office.atasan) == renamed
    taken_up = Work.objects.get(plan__employee=office.pegawai).superior_work
    assert taken_up is not None
    assert (taken_up.name, taken_up.key) == (REPORTS.name, Work.objects.get(name="Laporan bidang").key)


@pytest.mark.parametrize(
    ("plan", "where", "message"),
    [
        (
            replace(WORK_PLAN, works=()),
            "Putri Maharani",
            "Belum ada satu rencana hasil kerja pun; isilah paling sedikit satu.",
        ),
        (
            replace(WORK_PLAN, works=(replace(REPORTS, indicators=()),)),
            "Putri Maharani, hasil kerja 1",
            "Belum ada indikatornya; isilah paling sedikit satu.",
        ),
        (
            replace(WORK_PLAN, works=(replace(REPORTS, kind="penting"),)),
            "Putri Maharani, hasil kerja 1, Jenis",
            "“penting” tidak dikenal; pilih dari daftar.",
        ),
        (
            replace(WORK_PLAN, works=(replace(REPORTS, indicators=(IndicatorData("Jumlah", "x" * 301),)),)),
            "Putri Maharani, hasil kerja 1, indikator 1, Target",
            "Wajib diisi, paling panjang 300 huruf.",
        ),
        (
            replace(
                WORK_PLAN,
                works=(
                    replace(
                        REPORTS, indicators=(IndicatorData("Lama", "5–3", minimum=Decimal(5), maximum=Decimal(3)),)
                    ),
                ),
            ),
            "Putri Maharani, hasil kerja 1, indikator 1",
            "Batas atas target lebih kecil daripada batas bawahnya; tukarkan.",
        ),
        (
            replace(WORK_PLAN, expectations={"jujur": "Selalu"}),
            "Putri Maharani, Nilai dasar",
            "“jujur” tidak dikenal; pilih dari daftar.",
        ),
    ],
)
def test_work_plan_that_cannot_stand_is_refused_by_place(
    office: Office, plan: WorkPlanData, where: str, message: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        save(office, {office.pegawai: plan})
    assert [(problem.where, problem.message) for problem in refused.value.problems] == [(where, message)]
    assert Plan.objects.filter(method=METHOD).count() == 0
