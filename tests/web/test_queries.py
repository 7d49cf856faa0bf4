"""What a page costs: the same number of statements for one row, for three and for thirty.

The numbers are pinned, so that whoever makes a page dearer sees it. Five of each are the frame: session, person (with the
account and the offices held), the number of tasks in the menu, and the two switches between reading and writing.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.office import ACTIVITIES, FORM, PEOPLE, TODAY, YEAR, Office
from tests.web.browsing import PDF

from takar.appraisal.plans import save_plans
from takar.appraisal.types import ExtraData, FormData
from takar.archive.models import Deposit
from takar.casework.actions import add_evidence, return_case, save_form
from takar.casework.models import Case
from takar.casework.periods import open_period
from takar.exchange.actions import upload
from takar.exchange.models import ImportKind
from takar.exchange.outgoing import blank_targets
from takar.organisation.actions import import_staff
from takar.organisation.models import Assignment, Employee
from takar.organisation.types import PersonData


def cost(office: Office, who: str, name: str, *args: object, **query: str) -> int:
    """Statements of the page for somebody who has been here before."""
    browser, address = office.client(who), reverse(name, args=args)
    first = browser.get(address, query)
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(address, query)
    assert (first.status_code, answer.status_code) == (200, 200), name
    return len(queries)


def grow(office: Office, count: int) -> None:
    """So many more people under the same superior, with targets and a case each in the period of another year."""
    numbers = range(Employee.objects.count(), Employee.objects.count() + count)
    rows = [
        PersonData(
            f"19900101201501{number:04d}", f"Orang {number}", "pns",
            rank="III/a", post="Analis", post_kind="jft", level="ahli_muda", unit=f"Unit {number}", superior_nip=PEOPLE["atasan"][0],
        )
        for number in numbers
    ]  # fmt: skip
    import_staff(actor=office.kasubbag, agency=office.agency, rows=rows, on=TODAY)
    people = Employee.objects.filter(nip__in=[row.nip for row in rows])
    save_plans(actor=office.kasubbag, agency=office.agency, year=YEAR, plans=dict.fromkeys(people, ACTIVITIES))


LISTS = {
    ("kasubbag", "home"): 8,
    ("kasubbag", "due"): 7,
    ("staf", "tasks"): 7,
    ("kasubbag", "cases"): 9,
    ("kasubbag", "archive"): 7,
    ("kasubbag", "copy_register"): 6,
    ("kasubbag", "my_copies"): 6,
    ("kasubbag", "distribution"): 6,
    ("kasubbag", "plans"): 9,
    ("atasan", "skp"): 10,
    ("kasubbag", "periods"): 11,
    ("kasubbag", "office"): 9,
    ("kasubbag", "roles"): 6,
    ("kasubbag", "notebooks"): 7,
    ("kasubbag", "accounts"): 10,
    ("kasubbag", "mandates"): 6,
    ("kasubbag", "calendar"): 6,
    ("kasubbag", "hours"): 7,
    ("kasubbag", "holidays"): 6,
    ("kasubbag", "notices"): 6,
    ("kasubbag", "notice_settings"): 7,
    ("kasubbag", "jobs"): 9,
    ("kasubbag", "trail"): 7,
    ("kasubbag", "sop"): 8,
}


def test_lists_cost_the_same_for_few_and_for_many(office: Office) -> None:
    def costs() -> dict[tuple[str, str], int]:
        return {(who, name): cost(office, who, name) for who, name in LISTS}

    Assignment.objects.filter(employee=office.rekan).update(post_kind="jft", level="ahli_muda")
    few = costs()
    grow(office, 30)
    Case.objects.filter(employee=office.rekan).update(returned=True)
    open_period_of_others(office)
    assert costs() == LISTS
    saved = {name: LISTS[name] - few[name] for name in LISTS if few[name] != LISTS[name]}
    assert saved == dict.fromkeys(saved, 1), "only the count is spared where one page holds everything"


def open_period_of_others(office: Office) -> None:
    """Another year's period for everybody, so that every list has four pages."""
    save_plans(
        actor=office.kasubbag,
        agency=office.agency,
        year=YEAR - 1,
        plans=dict.fromkeys(Employee.objects.filter(agency=office.agency).exclude(nip=None), ACTIVITIES),
    )
    open_period(
        actor=office.kasubbag, agency=office.agency, year=YEAR - 1, method="pp46-2011", version=office.period.version
    )


STEPS = {1: 13, 2: 12, 3: 13, 4: 16, 5: 13, 6: 8, 7: 9}
CASE = {1: 13, 4: 13, 5: 15, 8: 15}


@pytest.mark.parametrize("lines", [1, 3, 30])
def test_step_pages_cost_the_same_for_any_number_of_lines(office: Office, lines: int) -> None:
    case = long_case(office, lines)
    found = {}
    for step in STEPS:
        case = office.at_step(step, "pegawai")
        who = next(name for name, person in office.people.items() if person == office.owner(case))
        found[step] = cost(office, who, "step", case.task_id)
    assert found == STEPS


@pytest.mark.parametrize("lines", [1, 3, 30])
def test_page_of_a_case_costs_the_same_for_any_number_of_lines(office: Office, lines: int) -> None:
    case, found = long_case(office, lines), {}
    for step in CASE:
        office.at_step(step)
        found[step] = cost(office, "pegawai", "case", case.pk)
    assert found == CASE


def long_case(office: Office, lines: int) -> Case:
    """A case with so many unplanned lines, extras, pieces of evidence, and returns."""
    case = office.case()
    more = tuple(ExtraData("tambahan", f"Tugas {n}", "", f"SK/{n}") for n in range(lines))
    data = FormData(FORM.lines, more)
    add_evidence(actor=office.staf, step_run_id=case.task_id, item=1, files=[(f"{n}.pdf", PDF) for n in range(lines)])
    for _ in range(min(lines, 3)):
        save_form(actor=office.staf, step_run_id=office.case().task_id, data=data)
        office.at_step(2)
        return_case(actor=office.kasubbag, step_run_id=office.case().task_id, to_step=1, reason="Ulangi.")
    save_form(actor=office.staf, step_run_id=office.case().task_id, data=data)
    return office.case()


def test_import_preview_costs_the_same_for_any_number_of_rows(office: Office) -> None:
    found = []
    for _ in range(2):
        content = blank_targets(office.agency, YEAR)
        batch = upload(
            actor=office.kasubbag, agency=office.agency, kind=ImportKind.TARGETS, name="t.xlsx", content=content
        )
        found.append(cost(office, "kasubbag", "import_preview", batch.pk))
        grow(office, 30)
    assert found == [6, 6]


ARCHIVE = {
    "archive": 7, "deposit": 10, "boxes": 6, "box": 9, "shelf": 7, "loans": 6, "stock_checks": 8, "control_files": 6,
    "control_file": 8, "reductions": 8, "retention": 7, "packages": 6, "personnel_file": 10, "copy_register": 7,
    "document_copies": 8, "document_record": 8,
}  # fmt: skip


def test_pages_of_the_archive_cost_at_most_twelve(office: Office) -> None:
    case = office.at_step(8)
    deposit = Deposit.objects.select_related("box").get()
    given = {
        "deposit": deposit.pk,
        "box": deposit.box_id,
        "shelf": deposit.box and deposit.box.shelf_id,
        "control_file": office.period.pk,
        "personnel_file": case.employee_id,
        "document_copies": deposit.document_id,
        "document_record": deposit.document_id,
    }
    found = {name: cost(office, "kasubbag", name, *([given[name]] if name in given else [])) for name in ARCHIVE}
    assert (found, max(found.values()) <= 12) == (ARCHIVE, True)
