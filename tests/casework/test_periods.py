"""Opening a period: who gets a case, who does not and why, and what a case keeps of the day on which it was opened."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.office import ACTIVITIES, PEOPLE, TODAY, YEAR, Office, person_data
from tests.web.browsing import field, location, problems, rows, words

from takar.appraisal.plans import save_plans
from takar.audit.models import Event
from takar.casework.models import Case, Exemption, Period
from takar.casework.periods import open_period, outlook, roster
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed
from takar.organisation.actions import import_staff
from takar.organisation.models import Assignment, Employee
from takar.organisation.types import PersonData

NEXT = YEAR + 1
METHOD = "pp46-2011"
LEFT_OUT = {
    "cltn": "sedang cuti di luar tanggungan negara",
    "mpp": "sedang masa persiapan pensiun",
    "pemberhentian_sementara": "sedang diberhentikan sementara",
    "pensiun": "sudah pensiun",
}


def open_next(office: Office, **changes: Any) -> Period:
    given = {"actor": office.kasubbag, "year": NEXT, "method": METHOD, "version": office.period.version, **changes}
    return open_period(agency=office.agency, **given)


def stand(office: Office, who: str, standing: str) -> None:
    Employee.objects.filter(pk=office.people[who].pk).update(standing=standing)


def test_everybody_of_the_staff_gets_a_case_at_the_first_step(office: Office) -> None:
    cases = Case.objects.filter(period=office.period).order_by("nip")
    assert [case.nip for case in cases] == sorted(row[0] for row in PEOPLE.values())
    assert {(c.step, c.actor, c.assignee, c.returned) for c in cases} == {(1, "staf", None, False)}
    assert Exemption.objects.filter(period=office.period).count() == 0


def test_case_names_the_people_as_they_are_that_day(office: Office) -> None:
    case = office.case()
    assert (case.assessor, case.assessor_superior, case.code) == (
        office.atasan,
        office.kepala,
        f"SKP-{YEAR}-{case.nip}",
    )
    assert case.snapshot == {
        "employee": card("pegawai"),
        "assessor": card("atasan"),
        "superior": card("kepala"),
    }
    assert office.case("kepala").snapshot["assessor"] == {
        "name": "H. Bupati Contoh", "nip": "", "rank": "", "post": "Bupati", "unit": "Pemerintah Kabupaten Contoh",
    }  # fmt: skip
    assert (office.case("kepala").assessor_superior, office.case("kepala").snapshot["superior"]) == (None, None)


def card(who: str) -> dict[str, str]:
    nip, name, post, _, unit, _ = PEOPLE[who]
    return {"name": name, "nip": nip, "rank": "III/c", "post": post, "unit": unit}


def test_leadership_is_assessed_of_structural_posts_only(office: Office) -> None:
    assert (office.case("atasan").appraisal.leadership, office.case("pegawai").appraisal.leadership) == (True, False)


def test_exempt_standings_are_left_out_and_listed(office: Office) -> None:
    who = dict(zip(LEFT_OUT, ("rekan", "pegawai", "staf", "staf2"), strict=True))
    for standing, name in who.items():
        stand(office, name, standing)
    expected = {office.people[name].full_name: LEFT_OUT[standing] for standing, name in who.items()}
    shown = outlook(office.agency, NEXT, TODAY, METHOD)
    assert ({person.full_name: reason for person, reason in shown.excluded}, shown.included) == (expected, 5)
    page = words(office.client("kasubbag").get(reverse("periods"), {"cara": METHOD}))
    assert [reason for reason in LEFT_OUT.values() if reason not in page] == []
    period = open_next(office)
    listed = {exemption.name: exemption.reason for exemption in period.exemptions.all()}
    assert (listed, period.cases.count()) == (expected, 5)
    page = words(office.client("kasubbag").get(reverse("period", args=[period.pk])))
    assert [reason for reason in LEFT_OUT.values() if reason not in page] == []


def test_person_without_superior_is_left_out_and_listed(office: Office) -> None:
    Assignment.objects.filter(employee=office.rekan).update(superior=None)
    period = open_next(office)
    assert [(e.employee, e.reason) for e in period.exemptions.all()] == [
        (office.rekan, "atasan langsungnya belum dicatat; lengkapi daftar pegawai")
    ]


def test_superior_from_outside_gets_neither_case_nor_mention(office: Office) -> None:
    found = roster(office.agency, TODAY)
    named = [place.employee.name for place in found.included] + [person.name for person, _ in found.excluded]
    assert "H. Bupati Contoh" not in named


def test_people_of_another_agency_are_not_touched(office: Office) -> None:
    open_next(office)
    assert Case.objects.exclude(agency=office.agency).count() == 0


def test_second_opening_is_told_who_was_first_and_changes_nothing(office: Office) -> None:
    before = rows()
    with pytest.raises(AlreadyDone) as refused:
        open_next(office, year=YEAR)
    told = "sudah dibuka oleh Kania Dewi pada 12 Januari 2026 pukul 09.30 WITA; tidak ada yang berubah."
    assert refused.value.message == f"Periode {YEAR} {told}"
    answer = office.client("kasubbag").post(reverse("periods"), {"tahun": str(YEAR), "cara": METHOD})
    assert (answer.status_code, told in problems(answer), rows()) == (422, True, before)


def test_only_the_desk_s_head_opens(office: Office) -> None:
    before = rows()
    for name in ("staf", "sekretaris", "kepala", "atasan", "pegawai", "outsider"):
        with pytest.raises(NotAllowed):
            open_next(office, actor=office.people[name])
    assert rows() == before


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"year": 2013}, "Tahun"),
        ({"year": 2027}, "Tahun"),
        ({"year": 10**20}, "Tahun"),
        ({"year": -1}, "Tahun"),
        ({"method": "pp46-2012"}, "Cara penilaian"),
        ({"version": None}, "SOP"),
    ],
)
def test_what_cannot_be_opened_is_told(office: Office, changes: dict[str, Any], where: str) -> None:
    before = rows()
    with pytest.raises(InvalidInput) as refused:
        open_next(office, **changes)
    assert [problem.where for problem in refused.value.problems] == [where]
    assert rows() == before


@pytest.mark.parametrize("year", ["", "dua ribu", "2013", "2027", "9" * 30, "-1", "²", "2025,5", "<b>"])
def test_bad_year_is_told_on_the_page_and_stays(office: Office, year: str) -> None:
    before = rows()
    answer = office.client("kasubbag").post(reverse("periods"), {"tahun": year, "cara": METHOD})
    assert (answer.status_code, rows(), field(answer, "tahun")) == (422, before, year)


@pytest.mark.parametrize(
    ("year", "part", "method"),
    [
        (NEXT, "tahunan", "x"),
        (NEXT, "mingguan", ""),
        (NEXT, "triwulanan-5", ""),
        (2021, "tahunan", "permenpan6-2022"),
        (NEXT, "triwulanan-1", "pp46-2011"),
    ],
)
def test_method_or_period_that_is_not_offered_is_refused(office: Office, year: int, part: str, method: str) -> None:
    answer = office.client("kasubbag").post(reverse("periods"), {"tahun": str(year), "periode": part, "cara": method})
    assert (answer.status_code, Period.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    ("year", "part", "opened"),
    [
        (2020, "tahunan", ("pp46-2011", "SKP-2020", "Penilaian SKP tahun 2020")),
        (2021, "tahunan", ("pp46-2011", "SKP-2021", "Penilaian SKP tahun 2021")),
        (2022, "tahunan", ("permenpan6-2022", "SKP-2022", "Evaluasi kinerja tahun 2022")),
        (2026, "triwulanan-1", ("permenpan6-2022", "SKP-2026-TW1", "Evaluasi kinerja triwulan I 2026")),
        (2026, "bulanan-2", ("permenpan6-2022", "SKP-2026-02", "Evaluasi kinerja Februari 2026")),
    ],
)
def test_dates_of_the_period_choose_the_method(office: Office, year: int, part: str, opened: tuple[str, ...]) -> None:
    office.client("kasubbag").post(reverse("periods"), {"tahun": str(year), "periode": part, "cara": ""})
    period = Period.objects.exclude(pk=office.period.pk).get()
    assert ((period.method, period.code, period.name), period.cycle) == (opened, part.partition("-")[0])
    assert {case.appraisal.cycle for case in period.cases.select_related("appraisal")} == {period.cycle}


def test_several_periods_of_a_year_stand_beside_each_other(office: Office) -> None:
    for number in (1, 2, 3):
        open_next(office, year=2026, method="", cycle="bulanan", number=number)
    open_next(office, year=2026, method="", cycle="triwulanan", number=1)
    found = Period.objects.filter(year=2026).order_by("code").values_list("code", "start", "end")
    assert list(found) == [
        ("SKP-2026-01", dt.date(2026, 1, 1), dt.date(2026, 1, 31)),
        ("SKP-2026-02", dt.date(2026, 2, 1), dt.date(2026, 2, 28)),
        ("SKP-2026-03", dt.date(2026, 3, 1), dt.date(2026, 3, 31)),
        ("SKP-2026-TW1", dt.date(2026, 1, 1), dt.date(2026, 3, 31)),
    ]


def test_tugas_belajar_gets_a_case_and_a_form_where_the_law_evaluates_it(office: Office) -> None:
    stand(office, "rekan", "tubel")
    period = open_next(office, method="permenpan6-2022")
    case = period.cases.select_related("appraisal", "appraisal__led_unit").get(employee=office.rekan)
    assert (case.appraisal.study, case.appraisal.led_unit.name, case.appraisal.forms.count()) == (True, "Bidang A", 1)


def test_page_opens_the_period_and_shows_it(office: Office) -> None:
    answer = office.client("kasubbag").post(reverse("periods"), {"tahun": str(NEXT), "cara": METHOD})
    period = Period.objects.get(year=NEXT)
    assert location(answer) == reverse("period", args=[period.pk])
    opened = Event.objects.get(stream=f"period:{period.pk}")
    assert (opened.verb, opened.after["cases"], opened.after["left_out"]) == ("period.opened", 9, 0)


def test_move_after_the_opening_changes_no_case(office: Office) -> None:
    before = office.case()
    moved = person_data("pegawai", post="Kepala Seksi", unit="Bidang B", superior_nip=PEOPLE["atasan_lain"][0])
    import_staff(actor=office.kasubbag, agency=office.agency, rows=[moved], on=TODAY + dt.timedelta(1))
    after = office.case()
    assert (after.snapshot, after.assessor, after.post, after.unit) == (
        before.snapshot, office.atasan, "Analis", "Bidang A",
    )  # fmt: skip
    later = open_next(office, on=TODAY + dt.timedelta(1)).cases.get(employee=office.pegawai)
    assert (later.assessor, later.post, later.unit) == (office.atasan_lain, "Kepala Seksi", "Bidang B")
    as_before = roster(office.agency, TODAY)
    assert {p.employee: p.post for p in as_before.included}[office.pegawai] == "Analis"


def test_targets_that_come_later_reach_the_waiting_case(office: Office) -> None:
    period = open_next(office)
    case = period.cases.get(employee=office.pegawai)
    assert (case.appraisal.plan, case.appraisal.forms.count()) == (None, 0)
    assert office.client("staf").get(reverse("step", args=[case.task_id])).status_code == 200
    save_plans(actor=office.staf, agency=office.agency, year=NEXT, plans={office.pegawai: ACTIVITIES})
    case = period.cases.select_related("appraisal__plan").get(employee=office.pegawai)
    assert case.appraisal.plan is not None
    assert [line.name for line in case.appraisal.forms.get().lines.all()] == [a.name for a in ACTIVITIES]


def test_two_thousand_people_cost_a_bounded_number_of_statements(office: Office) -> None:
    """SQLite takes some hundred rows in a statement, so that one statement must do for seven people at least."""
    count = 2_000
    rows_of_file = [
        PersonData(
            f"1990010120150{n:05d}", f"Orang {n}", "pns", rank="III/a", post="Analis", unit=f"Bidang {n % 40}",
            superior_nip=PEOPLE["atasan"][0],
        )
        for n in range(count)
    ]  # fmt: skip
    with CaptureQueriesContext(connection) as importing:
        import_staff(actor=office.kasubbag, agency=office.agency, rows=rows_of_file, on=TODAY)
    people = Employee.objects.filter(agency=office.agency).exclude(nip=None)
    with CaptureQueriesContext(connection) as planning:
        save_plans(actor=office.kasubbag, agency=office.agency, year=NEXT, plans=dict.fromkeys(people, ACTIVITIES[:1]))
    with CaptureQueriesContext(connection) as opening:
        period = open_next(office)
    assert period.cases.count() == count + len(PEOPLE)
    costs = [len(importing), len(planning), len(opening)]
    assert [cost for cost in costs if cost > count // 7] == [], costs
