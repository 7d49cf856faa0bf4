"""Realisation through the year: who records it, what it is worth to the form of step 1, and that it is kept."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.office import ACTIVITIES, FORM, TODAY, YEAR, Office
from tests.web.browsing import PDF
from tests.work_plans import WORK_PLAN

from takar.appraisal.enums import Regulation
from takar.appraisal.models import Plan, Progress
from takar.appraisal.plans import save_plans
from takar.appraisal.progress import add_progress, progress_of, remove_progress
from takar.audit.queries import events_of
from takar.casework.actions import save_form
from takar.common.errors import InvalidInput, NotAllowed

MARCH, JUNE = dt.date(YEAR, 3, 1), dt.date(YEAR, 6, 1)


def plan_of(office: Office) -> Plan:
    plan = office.case().appraisal.plan
    assert plan is not None
    return plan


def add(office: Office, who: str = "pegawai", **changes: object) -> Progress:
    given: dict[str, object] = {"plan": plan_of(office), "item": 1, "on": MARCH, "text": "Dua laporan selesai."}
    return add_progress(actor=office.people[who], **{**given, "figure": Decimal(2), **changes})  # type: ignore[arg-type]


def first_line(office: Office) -> tuple[Decimal | None, Decimal | None, str]:
    line = office.case().appraisal.forms.get().lines.order_by("number")[0]
    return line.quantity, line.time, line.note


def test_form_that_nobody_edited_starts_from_what_was_recorded(office: Office) -> None:
    add(office, files=[("laporan.pdf", PDF)])
    kept = add(office, on=JUNE, figure=Decimal(3))
    assert first_line(office) == (Decimal(5), Decimal(2), "Dari 2 catatan realisasi, sampai 1 Juni 2025.")
    case = office.case()
    assert case.appraisal.forms.get().get_source_display() == "Dari catatan realisasi sepanjang tahun"
    assert [(row.name, row.activity.number) for row in case.appraisal.evidence.all()] == [("laporan.pdf", 1)]
    remove_progress(actor=office.pegawai, plan=plan_of(office), progress_id=kept.pk)
    assert first_line(office) == (Decimal(2), Decimal(1), "Dari 1 catatan realisasi, sampai 1 Maret 2025.")
    verbs = [event.verb for event in events_of(plan_of(office).stream) if event.verb.startswith("progress")]
    assert verbs == ["progress.recorded", "progress.recorded", "progress.removed"]


def test_form_that_somebody_edited_stays_as_typed(office: Office) -> None:
    save_form(actor=office.staf, step_run_id=office.case().task_id, data=FORM)
    add(office)
    assert first_line(office) == (Decimal(12), Decimal("9.12"), "map 1")


def test_realisation_stays_with_its_row_in_a_later_version(office: Office) -> None:
    add(office)
    changed = [replace(ACTIVITIES[0], quantity=Decimal(6)), ACTIVITIES[1]]
    save_plans(actor=office.staf, agency=office.agency, year=YEAR, plans={office.pegawai: changed})
    old = Plan.objects.get(employee=office.pegawai, year=YEAR, version=1)
    with pytest.raises(NotAllowed, match="versi SKP yang berlaku"):
        add(office, plan=old)
    add(office, on=JUNE)
    assert [row.on for row in progress_of(plan_of(office))] == [MARCH, JUNE]
    assert first_line(office)[0] == Decimal(4)


def test_indicator_tells_its_entries_with_the_last_figure(office: Office) -> None:
    method = Regulation.PERMENPAN6.value
    plans = {office.pegawai: WORK_PLAN}
    save_plans(actor=office.staf, agency=office.agency, year=TODAY.year, plans=plans, method=method)
    plan = Plan.objects.get(employee=office.pegawai, year=TODAY.year, method=method)
    entry = add(office, plan=plan, on=TODAY, figure=Decimal(1))
    assert (entry.indicator, entry.activity) == (plan.works.all()[0].indicators.all()[0], None)


@pytest.mark.parametrize("who", ["atasan", "kepala", "sekretaris", "rekan", "outsider"])
def test_only_the_person_or_the_desk_records(office: Office, who: str) -> None:
    with pytest.raises(NotAllowed):
        add(office, who)
    assert Progress.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"item": 9}, "Baris SKP"),
        ({"on": None}, "Tanggal"),
        ({"on": dt.date(YEAR - 1, 12, 31)}, "Tanggal"),
        ({"on": TODAY}, "Tanggal"),
        ({"text": " "}, "Uraian"),
        ({"figure": Decimal(-1)}, "Realisasi, Angka"),
        ({"files": [("a.exe", b"MZ")]}, "a.exe"),
    ],
)
def test_bad_entry_is_refused_by_field(office: Office, changes: dict[str, object], where: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        add(office, **changes)
    assert [problem.where for problem in refused.value.problems] == [where]
    assert Progress.objects.count() == 0


def test_database_refuses_to_change_an_entry(office: Office) -> None:
    add(office)
    for attempt in (lambda: Progress.objects.update(text="lain"), Progress.objects.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
