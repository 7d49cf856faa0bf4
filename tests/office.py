"""A small office with an open period, made by the program's own acts: the fixed cast of every access test."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.test import Client

from takar.accounts.actions import create_user
from takar.appraisal.evaluation import aspects
from takar.appraisal.plans import save_plans
from takar.appraisal.types import ActivityData, DraftAssessment, FormData, LineData
from takar.casework.actions import advance_case
from takar.casework.installing import create_installation
from takar.casework.models import Case, Period
from takar.casework.periods import open_period
from takar.casework.steps import StepData, document_of
from takar.documents.copies import CopyData
from takar.organisation.actions import import_staff, set_role_holders
from takar.organisation.models import Agency, Employee, RoleHolder
from takar.organisation.types import PersonData
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.queries import version_in_force

TODAY = dt.date(2026, 1, 12)
NOW = dt.datetime(2026, 1, 12, 1, 30, tzinfo=dt.UTC)
YEAR = 2025
PASSWORD = "kuda-laut-biru-42"

# name in tests: NIP, name, post, kind of post, unit, direct superior
PEOPLE: dict[str, tuple[str, str, str, str, str, str]] = {
    "kepala": ("197001011995011001", "Karta Wijaya", "Kepala Dinas", "struktural", "Dinas", ""),
    "sekretaris": ("197102021996022002", "Sri Lestari", "Sekretaris", "struktural", "Sekretariat", "kepala"),
    "kasubbag": (
        "197803032003032003",
        "Kania Dewi",
        "Kepala Subbagian Umum",
        "struktural",
        "Subbagian Umum",
        "sekretaris",
    ),
    "staf": ("199004042015041004", "Surya Putra", "Pengadministrasi Umum", "jfu", "Subbagian Umum", "kasubbag"),
    "staf2": ("199105052016052005", "Sinta Ayu", "Pengelola Kepegawaian", "jfu", "Subbagian Umum", "kasubbag"),
    "atasan": ("197506062000061006", "Andi Saputra", "Kepala Bidang A", "struktural", "Bidang A", "kepala"),
    "pegawai": ("198507072010072007", "Putri Maharani", "Analis", "jfu", "Bidang A", "atasan"),
    "rekan": ("198608082011081008", "Rudi Hartawan", "Pengelola Data", "jfu", "Bidang A", "atasan"),
    "atasan_lain": ("197609092001091009", "Agus Salim", "Kepala Bidang B", "struktural", "Bidang B", "kepala"),
}
OUTSIDER = ("197210102002101010", "Oscar Luar")


@dataclass
class Office:
    agency: Agency
    period: Period
    people: dict[str, Employee]
    clients: dict[str, Client] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Employee:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def case(self, of: str = "pegawai") -> Case:
        related = (
            "agency",
            "period",
            "run__version",
            "open_step",
            "appraisal__plan",
            "employee",
            "assessor",
            "assignee",
        )
        return Case.objects.select_related(*related).get(period=self.period, employee=self.people[of])

    def at_step(self, step: int, of: str = "pegawai") -> Case:
        """The case after its people have done everything before `step`; 8 is a closed case."""
        while 0 < self.case(of).step < step:
            self.do_step(of)
        return self.case(of)

    def owner(self, case: Case) -> Employee:
        return (case.assignee and self._named(case.assignee)) or self.people[case.actor]

    def do_step(self, of: str = "pegawai", **changes: Any) -> Case:
        """The open step, done well by the person whose it is."""
        case = self.case(of)
        data = STEP_DATA[case.step](case)
        return advance_case(actor=self.owner(case), step_run_id=case.task_id, data=data, password=PASSWORD, **changes)

    def client(self, who: str) -> Client:
        """A browser in which this person is signed in."""
        if who not in self.clients:
            self.clients[who] = Client()
            self.clients[who].force_login(self.people[who].user)
        return self.clients[who]

    def _named(self, person: Employee) -> Employee:
        return next(mine for mine in self.people.values() if mine.pk == person.pk)


def make_office() -> Office:
    admin = create_installation(
        name="Dinas Contoh",
        short_name="DINCO",
        region="Pemerintah Kabupaten Contoh",
        place="Contoh",
        nip=PEOPLE["kasubbag"][0],
        admin_name="Kania Dewi",
        password=PASSWORD,
    )
    agency = admin.agency
    import_staff(actor=admin, agency=agency, rows=[person_data(name) for name in PEOPLE], on=TODAY)
    people = {name: Employee.objects.select_related("user", "agency").get(nip=row[0]) for name, row in PEOPLE.items()}
    holders = [(role, people[name]) for role, name in ROLES]
    set_role_holders(actor=admin, agency=agency, holders=holders, on=TODAY)
    for person in people.values():
        person.user.set_password(PASSWORD)
        person.user.save(update_fields=["password"])
    save_plans(actor=admin, agency=agency, year=YEAR, plans=dict.fromkeys(people.values(), ACTIVITIES))
    version = version_in_force(agency, SHIPPED_KEY, TODAY)
    period = open_period(actor=admin, agency=agency, year=YEAR, method="pp46-2011", version=version)
    people["outsider"] = make_outsider()
    return Office(agency, period, people)


ROLES = (
    ("kasubbag", "kasubbag"),
    ("admin", "kasubbag"),
    ("staf", "staf"),
    ("staf", "staf2"),
    ("sekretaris", "sekretaris"),
    ("kepala", "kepala"),
)


def person_data(name: str, **changes: str) -> PersonData:
    nip, full, post, kind, unit, superior = PEOPLE[name]
    above = (
        {"superior_nip": PEOPLE[superior][0]}
        if superior
        else {"superior_name": "H. Bupati Contoh", "superior_post": "Bupati"}
    )
    values = {"kind": "pns", "rank": "III/c", "post": post, "post_kind": kind, "unit": unit, **above, **changes}
    return PersonData(nip, full, **values)


def make_outsider() -> Employee:
    """A Staf, Kasubbag and Kepala of another agency, all in one person."""
    other = Agency.objects.create(name="Dinas Lain", short_name="DINLA", region="Kabupaten Contoh", place="Contoh")
    user = create_user(username=OUTSIDER[0], name=OUTSIDER[1], password=PASSWORD)
    outsider = Employee.objects.create(agency=other, user=user, nip=OUTSIDER[0], name=OUTSIDER[1], kind="pns")
    for role in ("staf", "kasubbag", "kepala", "sekretaris", "admin"):
        RoleHolder.objects.create(agency=other, employee=outsider, role=role, start=TODAY)
    return outsider


ACTIVITIES = (
    ActivityData(1, "Menyusun laporan bulanan", Decimal(12), "laporan", Decimal(100), Decimal(12), "bulan"),
    ActivityData(2, "Mengelola arsip", Decimal(4), "kegiatan", Decimal(100), Decimal(12), "bulan", Decimal(10_000_000)),
)
FORM = FormData(
    (
        LineData(1, quantity=Decimal(12), time=Decimal("9.12"), note="map 1"),
        LineData(2, quantity=Decimal(4), time=Decimal(11), cost=Decimal(9_500_000), note="map 2"),
    )
)


def assessment(case: Case) -> DraftAssessment:
    return DraftAssessment(
        quality={1: Decimal(90), 2: Decimal(85)},
        behaviour={aspect.value: Decimal(88) for aspect in aspects(case.appraisal)},
        recommendation="Dipertahankan.",
    )


STEP_DATA = {
    1: lambda _case: StepData(form=FORM),
    2: lambda _case: StepData(),
    3: lambda _case: StepData(),
    4: lambda case: StepData(assessment=assessment(case)),
    5: lambda case: StepData(seen_sha256=document_of(case).file.sha256),
    6: lambda _case: StepData(copies=(CopyData("Putri Maharani", "kertas", TODAY),)),
    7: lambda _case: StepData(box="B-01", shelf="R-1"),
}
