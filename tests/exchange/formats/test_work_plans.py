"""Plans under PermenPANRB 6/2022 as spreadsheets: out and in again, and what is wrong by row and column."""

from dataclasses import replace

from django.test import Client
from django.urls import reverse
from tests.office import PEOPLE, YEAR, Office
from tests.web.browsing import location
from tests.web.test_uploads import file
from tests.work_plans import REPORTS, WORK_PLAN

from takar.appraisal.models import Plan
from takar.appraisal.plan_contents.works import work_plan
from takar.common import clock
from takar.exchange import actions
from takar.exchange.formats.targets import Person
from takar.exchange.formats.work_plans import read_work_plans, write_work_plans
from takar.exchange.models import ImportKind
from takar.exchange.outgoing import work_plans
from takar.exchange.preview import preview

PUTRI, RUDI = (Person(PEOPLE[name][0], PEOPLE[name][1]) for name in ("pegawai", "rekan"))


def taken_in(office: Office, content: bytes) -> tuple[str, list[str]]:
    batch = actions.upload(
        actor=office.staf, agency=office.agency, kind=ImportKind.WORK_PLANS, name="skp.xlsx", content=content
    )
    found = preview(batch)
    told = [f"{problem.row} {problem.column_title}: {problem.message}" for problem in found.problems]
    return actions.apply(actor=office.staf, batch_id=batch.pk, on=clock.today()).summary, told


def test_plan_goes_out_and_comes_in_whole_and_twice_changes_nothing(office: Office) -> None:
    content = write_work_plans([(PUTRI, YEAR, WORK_PLAN), (RUDI, YEAR, None)])
    assert taken_in(office, content) == ("SKP: 1 baru, 0 diubah, 0 tetap.", [])
    assert work_plan(Plan.objects.get(employee=office.pegawai, method="permenpan6-2022")) == WORK_PLAN
    assert taken_in(office, work_plans(office.agency, YEAR)) == ("SKP: 0 baru, 0 diubah, 1 tetap.", [])


def test_one_wrong_row_holds_back_the_whole_plan_of_that_person(office: Office) -> None:
    unnamed = replace(WORK_PLAN, works=(replace(REPORTS, name=""), WORK_PLAN.works[1]))
    content = write_work_plans([(PUTRI, YEAR, WORK_PLAN), (RUDI, YEAR, unnamed)])
    assert taken_in(office, content) == (
        "SKP: 1 baru, 0 diubah, 0 tetap.",
        ["5 Rencana Hasil Kerja: Isi uraian hasil kerja pada baris pertamanya."],
    )


def test_template_is_read_as_empty(office: Office) -> None:
    assert read_work_plans(work_plans(office.agency, YEAR), name="t.xlsx").rows == ()


def test_pages_take_the_workbook_and_give_it(office: Office) -> None:
    browser: Client = office.client("staf")
    content = write_work_plans([(PUTRI, YEAR, WORK_PLAN)])
    answer = browser.post(reverse("import_upload", args=["skp6"]), {"berkas": file("skp.xlsx", content)})
    assert browser.post(location(answer)).status_code == 302
    assert Plan.objects.filter(method="permenpan6-2022").count() == 1
    given = browser.get(reverse("import_template", args=["skp6"]), {"tahun": str(YEAR)})
    assert [row.work for row in read_work_plans(given.content, name="x.xlsx").rows if row.work] == [
        work.name for work in WORK_PLAN.works
    ]
