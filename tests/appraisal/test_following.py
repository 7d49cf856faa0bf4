"""Which version of the plan a case follows, and what becomes of the figures that were filled in already."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from tests.office import ACTIVITIES, FORM, TODAY, YEAR, Office
from tests.web.browsing import PDF

from takar.appraisal.checks import findings
from takar.appraisal.enums import PlanMoveKind
from takar.appraisal.models import Plan
from takar.appraisal.plan_contents import CONTENTS
from takar.appraisal.planning import draft_plan, move_plan
from takar.appraisal.plans import save_plans
from takar.audit.queries import events_of
from takar.casework.actions import add_evidence, return_case, save_form
from takar.organisation.types import Summary

RENAMED = replace(ACTIVITIES[0], name="Menyusun laporan triwulanan", quantity=Decimal(4))
NEW = replace(ACTIVITIES[1], name="Menata ruang arsip", cost=None)


def lines(office: Office) -> list[tuple[int | None, str, Decimal | None]]:
    form = office.case().appraisal.forms.order_by("-version")[0]
    return [(line.activity.number if line.activity else None, line.name, line.quantity) for line in form.kept_lines]


def revise(office: Office, *activities: object) -> Summary:
    return save_plans(actor=office.staf, agency=office.agency, year=YEAR, plans={office.pegawai: list(activities)})


def test_case_that_collects_takes_the_newest_agreed_version_with_its_figures(office: Office) -> None:
    task = office.case().task_id
    save_form(actor=office.staf, step_run_id=task, data=FORM)
    add_evidence(actor=office.staf, step_run_id=task, item=1, files=[("a.pdf", PDF)])
    assert revise(office, RENAMED, replace(NEW, number=2)) == Summary(0, 1, 0)
    assert lines(office) == [
        (1, "Menyusun laporan triwulanan", Decimal(12)),
        (2, "Menata ruang arsip", Decimal(4)),
    ]
    case = office.case()
    assert (case.appraisal.plan.version, case.appraisal.plan.reason != "") == (2, True)
    assert [f.line for f in findings(case.appraisal.forms.get()) if f.code == "no_evidence"] == [2]
    event = events_of(case.stream).filter(verb="plan.replaced").get()
    assert (event.before["version"], event.after["version"]) == (1, 2)


def test_figures_of_a_row_that_is_gone_stay_as_a_line_without_target(office: Office) -> None:
    save_form(actor=office.staf, step_run_id=office.case().task_id, data=FORM)
    revise(office, replace(ACTIVITIES[1], number=1))
    assert lines(office) == [(1, "Mengelola arsip", Decimal(4)), (None, "Menyusun laporan bulanan", Decimal(12))]


def test_case_that_was_sent_stays_and_takes_the_newest_when_it_comes_back(office: Office) -> None:
    case = office.at_step(2)
    plan = case.appraisal.plan
    fresh = Plan.objects.create(
        agency=office.agency, employee=office.pegawai, year=YEAR, version=2, updated_at=plan.updated_at, reason="x"
    )
    content = CONTENTS[plan.method]
    content.write([(fresh, content.inherit([RENAMED, ACTIVITIES[1]], content.read(plan)))], trusted=True)
    Plan.objects.filter(pk=fresh.pk).update(state="disepakati", agreed_on=plan.agreed_on)
    assert office.case().appraisal.plan == plan
    return_case(actor=office.kasubbag, step_run_id=case.task_id, to_step=1, reason="Data salah.")
    assert office.case().appraisal.plan == fresh
    assert lines(office)[0] == (1, "Menyusun laporan triwulanan", Decimal(12))


def test_new_part_of_the_year_joins_the_earlier_one_and_its_figures(office: Office) -> None:
    case = office.case()
    save_form(actor=office.staf, step_run_id=case.task_id, data=FORM)
    first = case.appraisal.plan
    move_plan(actor=office.staf, plan_id=first.pk, kind=PlanMoveKind.END, on=dt.date(YEAR, 6, 30))
    second = draft_plan(actor=office.staf, employee=office.pegawai, year=YEAR, method=first.method, copied=True)
    move_plan(actor=office.staf, plan_id=second.pk, kind=PlanMoveKind.PAPER, on=TODAY)
    assert office.case().appraisal.plans == [first, second]
    assert lines(office) == [
        (1, "Menyusun laporan bulanan", Decimal(12)),
        (2, "Mengelola arsip", Decimal(4)),
        (1, "Menyusun laporan bulanan", None),
        (2, "Mengelola arsip", None),
    ]
