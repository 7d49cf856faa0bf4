"""A further office in one installation: who may add it, what it has, and that neither office sees the other."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.cli.conftest import call
from tests.office import OUTSIDER, PASSWORD, PEOPLE, TODAY, YEAR, Office, person_data
from tests.web.browsing import problems, words

from takar.audit.models import Event
from takar.casework.installing import found_office
from takar.casework.models import Case
from takar.casework.periods import open_period
from takar.common.errors import DomainError, InvalidInput, NotAllowed
from takar.documents.certificates import authority_of
from takar.organisation.actions import activate_account, import_staff
from takar.organisation.models import Agency, Employee
from takar.organisation.queries import offices, roles_of
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.models import ProcedureVersion
from takar.procedures.policies import can_approve, can_install
from takar.procedures.queries import version_in_force

NEW = {
    "name": "Dinas Kedua",
    "short_name": "DIDUA",
    "region": "Pemerintah Kabupaten Contoh",
    "place": "Contoh",
    "nip": "19800101 200501 1 001",
    "admin_name": "Bagus Adi",
}
MINE = "198001012005011001"


def found(office: Office, **changes: str) -> tuple[Employee, str]:
    return found_office(actor=office.kasubbag, **NEW | changes)


def test_further_office_is_ready_for_its_staff_list(office: Office) -> None:
    admin, code = found(office)
    activate_account(username=MINE, code=code, password=PASSWORD, again=PASSWORD)
    assert (roles_of(admin, TODAY), admin.agency.name) == ({"admin"}, "Dinas Kedua")
    import_staff(actor=admin, agency=admin.agency, rows=[second_person()], on=TODAY)
    version = version_in_force(admin.agency, SHIPPED_KEY, TODAY)
    period = open_period(actor=admin, agency=admin.agency, year=YEAR, method="pp46-2011", version=version)
    mine = Case.objects.filter(agency=admin.agency)
    assert {(case.period_id, case.agency_id) for case in mine} <= {(period.pk, admin.agency_id)}
    assert [(row.name, row.people) for row in offices(TODAY)] == [
        ("Dinas Contoh", 9), ("Dinas Lain", 0), ("Dinas Kedua", 1)
    ]  # fmt: skip


def second_person() -> Any:
    values = {"superior_nip": "", "superior_name": "H. Bupati Contoh", "superior_post": "Bupati"}
    row = person_data("kepala", **values)
    return type(row)(**{name: getattr(row, name) for name in row.__slots__} | {"nip": MINE, "name": "Bagus Adi"})


def test_both_trails_tell_who_added_it(office: Office) -> None:
    admin, _ = found(office)
    told = Event.objects.filter(verb="agency.added").order_by("pk")
    subject = f"agency:{admin.agency_id}"
    streams = [f"agency:{office.agency.pk}", subject]
    assert [(e.stream, e.actor_name, e.acting_as, e.subject) for e in told] == [
        (stream, "Kania Dewi", "admin", subject) for stream in streams
    ]
    version = ProcedureVersion.objects.get(procedure__agency=admin.agency)
    verbs = Event.objects.filter(stream=f"procedure:{version.procedure_id}").order_by("seq")
    assert {event.actor_name for event in verbs} == {"Kania Dewi"}


@pytest.mark.parametrize("who", ["staf", "sekretaris", "kepala", "pegawai", "outsider"])
def test_only_the_administrator_of_the_first_office_adds_one(office: Office, who: str) -> None:
    """The outsider is an administrator too, of another office."""
    with pytest.raises(NotAllowed, match="Administrator kantor pertama"):
        found_office(actor=office.people[who], **NEW)
    assert Agency.objects.filter(name="Dinas Kedua").count() == 0


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"name": "Dinas Contoh"}, ["Nama instansi"]),
        ({"nip": PEOPLE["staf"][0]}, ["NIP Administrator"]),
        ({"nip": OUTSIDER[0]}, ["NIP Administrator"]),
        ({"nip": "123"}, ["NIP Administrator"]),
        ({"place": " ", "admin_name": ""}, ["Tempat kedudukan", "Nama Administrator"]),
    ],
)
def test_what_is_missing_or_taken_is_named(office: Office, changes: dict[str, str], where: list[str]) -> None:
    before = Agency.objects.count()
    with pytest.raises(InvalidInput) as refused:
        found(office, **changes)
    assert ([problem.where for problem in refused.value.problems], Agency.objects.count()) == (where, before)


def test_first_sop_is_all_that_the_founder_gives(office: Office) -> None:
    admin, _ = found(office)
    assert [can_install(office.kasubbag, admin.agency), can_approve(office.kasubbag, admin.agency)] == [False, False]
    assert [can_install(admin, admin.agency), can_approve(admin, office.agency)] == [True, False]


def test_staff_list_changes_nobody_of_another_office(office: Office) -> None:
    admin, _ = found(office)
    with pytest.raises(DomainError, match="Daftar pegawai belum dimasukkan"):
        import_staff(actor=admin, agency=admin.agency, rows=[person_data("kepala", rank="II/a")], on=TODAY)
    assert Employee.objects.get(nip=PEOPLE["kepala"][0]).rank == "III/c"


def test_each_office_signs_by_an_authority_of_its_own(office: Office) -> None:
    admin, _ = found(office)
    mine, other = (authority_of(agency) for agency in (office.agency, admin.agency))
    assert (mine.agency, other.agency) == (office.agency, admin.agency)
    assert mine.certificate != other.certificate


def test_page_adds_an_office_and_shows_the_code_once(office: Office) -> None:
    browser, address = office.client("kasubbag"), reverse("offices")
    assert address in browser.get(reverse("office")).content.decode()
    assert "Dinas Contoh" in words(browser.get(address))
    assert problems(browser.post(address, NEW | {"nip": "1"})) != []
    answer = browser.post(address, NEW)
    assert "Bagus Adi" in words(answer)
    fresh = Client()
    fresh.force_login(Employee.objects.get(nip=MINE).user)
    assert fresh.get(reverse("case", args=[office.case().pk])).status_code == 404
    assert fresh.get(address).status_code == 403
    assert address not in fresh.get(reverse("office")).content.decode()


def test_command_lists_and_adds(office: Office) -> None:
    me = PEOPLE["kasubbag"][0]
    assert call(["office", "--as", me]).out.splitlines()[0] == "DINCO\t9\tDinas Contoh"
    given = ["--short-name", "DIDUA", "--region", "Contoh", "--place", "Contoh", "--admin-nip", MINE]
    short = call(["office", "--as", me, "--add", "Dinas Kedua", *given])
    assert short == (1, "", "Kantor belum ditambahkan; isikan juga --admin-name.\n")
    code, out, err = call(["office", "--as", me, "--add", "Dinas Kedua", *given, "--admin-name", "Bagus Adi"])
    assert (code, out.splitlines()[0], err) == (
        0,
        "Dinas Kedua ditambahkan. Kode aktivasi Administrator, berlaku 14 hari, sekali pakai:",
        "",
    )
    assert call(["office", "--as", PEOPLE["staf"][0]]).code == 1
