"""Acts on the whole office, done by several people at once: periods, imports, numbers, accounts."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from tests.office import ACTIVITIES, TODAY, Office
from tests.races.conftest import AT
from tests.races.rivals import Act, beside, overtake, race
from tests.races.test_acts import advancing
from tests.races.truth import assert_sound

from takar.appraisal.models import Plan
from takar.appraisal.plans import save_plans
from takar.casework.models import Case, Period
from takar.casework.periods import open_period
from takar.common.errors import DomainError
from takar.documents import actions as documents
from takar.documents import editions
from takar.documents.enums import DocumentKind
from takar.documents.models import Document
from takar.exchange import actions as exchange
from takar.exchange.models import ImportBatch, ImportKind
from takar.organisation.actions import activate_account, issue_activation_codes
from takar.organisation.models import Employee
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.queries import version_in_force

MANY = 20
DEMO = Path(__file__).resolve().parents[2] / "demo"


def test_period_is_opened_once(office: Office) -> None:
    version = version_in_force(office.agency, SHIPPED_KEY, TODAY)
    words = {"agency": office.agency, "year": 2024, "method": "pp46-2011", "version": version}
    outcome = race([lambda: open_period(actor=office.kasubbag, **words) for _ in range(MANY)])
    assert (len(outcome.done), len(outcome.refused)) == (1, MANY - 1)
    assert outcome.sentences == {
        "Periode 2024 sudah dibuka oleh Kania Dewi pada 12 Januari 2026 pukul 09.30 WITA; tidak ada yang berubah."
    }
    assert Case.objects.filter(period=outcome.done[0]).count() == Case.objects.filter(period=office.period).count()
    assert Period.objects.count() == 2
    assert_sound()


def uploaded(office: Office) -> ImportBatch:
    content = (DEMO / "pegawai.xlsx").read_bytes()
    return exchange.upload(
        actor=office.kasubbag, agency=office.agency, kind=ImportKind.STAFF, name="pegawai.xlsx", content=content
    )


def applying(office: Office, batch: ImportBatch) -> Act:
    return lambda: exchange.apply(actor=office.kasubbag, batch_id=batch.pk, on=TODAY)


def test_import_is_taken_in_once(office: Office) -> None:
    outcome = race([applying(office, uploaded(office))] * MANY)
    assert (len(outcome.done), len(outcome.refused)) == (1, MANY - 1)
    assert outcome.sentences == {
        "Berkas ini sudah dimasukkan pada 12 Januari 2026 pukul 09.30 WITA; tidak ada yang berubah."
    }
    assert_sound()


def test_same_people_brought_in_twice_at_once_are_there_once(office: Office) -> None:
    outcome = overtake(applying(office, uploaded(office)), applying(office, uploaded(office)))
    assert outcome.refused == []
    assert [batch.summary.partition(",")[0] for batch in outcome.done] == ["Pegawai: 26 baru", "Pegawai: 0 baru"]
    assert_sound()


def test_work_goes_on_while_a_list_is_taken_in(office: Office) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time")
    taking_in = applying(office, uploaded(office))
    assert beside(taking_in, advancing(office, office.case(AT[2]))).step == 3
    assert_sound()


def test_period_waits_for_the_list_that_is_being_taken_in(office: Office) -> None:
    """Otherwise whoever is on the list and was not before would have no case."""
    version = version_in_force(office.agency, SHIPPED_KEY, TODAY)
    words = {"agency": office.agency, "year": 2024, "method": "pp46-2011", "version": version}
    overtake(applying(office, uploaded(office)), lambda: open_period(actor=office.kasubbag, **words))
    people = Case.objects.filter(period__year=2024).values_list("nip", flat=True)
    assert "198503142010011008" in people
    assert_sound()


@pytest.mark.parametrize("first", ["period", "targets"])
def test_targets_and_a_period_at_once_find_each_other(office: Office, first: str) -> None:
    version = version_in_force(office.agency, SHIPPED_KEY, TODAY)
    words = {"agency": office.agency, "year": 2024}
    acts: dict[str, Act] = {
        "period": lambda: open_period(actor=office.kasubbag, version=version, method="pp46-2011", **words),
        "targets": lambda: save_plans(actor=office.kasubbag, plans={office.pegawai: ACTIVITIES}, **words),
    }
    outcome = overtake(acts.pop(first), *acts.values())
    assert (len(outcome.done), outcome.refused) == (2, [])
    case = Case.objects.select_related("appraisal__plan").get(period__year=2024, employee=office.pegawai)
    assert case.appraisal.plan == Plan.objects.get(year=2024, employee=office.pegawai)
    assert case.appraisal.forms.get().lines.count() == len(ACTIVITIES)
    assert_sound()


@pytest.mark.parametrize("year", [2025, 2031])
def test_numbers_have_no_gap_and_no_double(office: Office, year: int) -> None:
    """Every third act fails after it took its number."""

    def numbered(fails: bool) -> str:
        with transaction.atomic():
            number = documents.next_number(office.agency, DocumentKind.MEASUREMENT, year)
            if fails:
                raise DomainError("Gagal sesudah bernomor.")
        return number

    before = Document.objects.filter(year=year).count()
    outcome = race([lambda n=n: numbered(n % 3 == 0) for n in range(MANY)])
    given = [number.split("/")[1] for number in outcome.done]
    assert len(outcome.refused) == 7
    assert sorted(given) == [f"{before + n:04d}" for n in range(1, 14)]


def test_documents_approved_at_once_are_numbered_without_a_gap(office: Office, monkeypatch: Any) -> None:
    """One of four fails while its document is printed."""
    print_form = editions.render
    unlucky = office.at_step(4, of="staf")

    def render(name: str, content: Any) -> bytes:
        if content["employee"]["name"] == unlucky.name:
            raise DomainError("Dokumen tidak dapat dicetak.")
        return print_form(name, content)

    monkeypatch.setattr(editions, "render", render)
    before = Document.objects.count()
    people = ["pegawai", "atasan_lain", "staf", "kasubbag"]
    outcome = race([advancing(office, office.at_step(4, of=name)) for name in people])
    assert (len(outcome.done), outcome.sentences) == (3, {"Dokumen tidak dapat dicetak."})
    assert [office.case(name).step for name in people] == [5, 5, 4, 5]
    assert Document.objects.count() == before + 3
    assert_sound()
    monkeypatch.undo()


def test_code_is_used_once(office: Office) -> None:
    [(_, code)] = issue_activation_codes(actor=office.kasubbag, employees=[office.rekan])
    chosen = [f"gunung-biru-{n:02d}" for n in range(MANY)]

    outcome = race([choosing(office.rekan, code, password) for password in chosen])
    assert (len(outcome.done), len(outcome.refused)) == (1, MANY - 1)
    user = Employee.objects.get(pk=office.rekan.pk).user
    assert [user.check_password(password) for password in chosen].count(True) == 1
    assert_sound()


def test_of_codes_issued_at_once_one_holds(office: Office) -> None:
    people = [office.rekan, office.pegawai, office.staf]
    outcome = race([lambda: issue_activation_codes(actor=office.kasubbag, employees=people) for _ in range(5)])
    codes = [code for issued in outcome.done for person, code in issued if person == office.rekan]
    assert (len(codes), outcome.refused) == (5, [])
    assert len(race([choosing(office.rekan, code, "gunung-biru-42") for code in codes]).done) == 1
    assert_sound()


def choosing(person: Employee, code: str, password: str) -> Act:
    return lambda: activate_account(username=str(person.nip), code=code, password=password, again=password)
