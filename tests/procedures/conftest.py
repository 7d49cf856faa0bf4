import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from takar.accounts.models import User
from takar.organisation.models import Agency, Employee, RoleHolder
from takar.procedures import actions
from takar.procedures.actions import AssigneeOf
from takar.procedures.data import shipped_sop
from takar.procedures.models import ProcedureVersion, Run, StepRun

DAY = dt.date(2026, 1, 12)
BY = "Kepala Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu, Transmigrasi dan Tenaga Kerja"


@dataclass(frozen=True)
class Cast:
    """The people of the tests: everybody whom the SOP names, a second clerk, and somebody from another agency."""

    agency: Agency
    admin: Employee
    kepala: Employee
    sekretaris: Employee
    kasubbag: Employee
    staf: Employee
    staf2: Employee
    atasan: Employee
    pegawai: Employee
    outsider: Employee

    def assignee_of(self, key: str) -> Employee | None:
        return {"atasan_langsung": self.atasan, "pegawai": self.pegawai}.get(key)

    def owner(self, key: str) -> Employee:
        """Who acts as this actor in these tests."""
        return self.assignee_of(key) or {"kasubbag": self.kasubbag, "staf": self.staf}[key]


def _agency(name: str) -> Agency:
    return Agency.objects.create(name=name, short_name=name, region="Kabupaten Contoh", place="Contoh")


def _person(agency: Agency, name: str, nip: str, role: str = "") -> Employee:
    user = User.objects.create(username=nip, name=name, created_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    person = Employee.objects.create(agency=agency, user=user, nip=nip, name=name, kind="pns")
    if role:
        RoleHolder.objects.create(agency=agency, employee=person, role=role, start=dt.date(2020, 1, 1))
    return person


@pytest.fixture
def cast(db: None) -> Cast:
    agency, other = _agency("Dinas Contoh"), _agency("Dinas Lain")
    return Cast(
        agency=agency,
        admin=_person(agency, "Arif Admin", "197001012000011001", "admin"),
        kepala=_person(agency, "Karta Kepala", "197001012000011002", "kepala"),
        sekretaris=_person(agency, "Sari Sekretaris", "197001012000012003", "sekretaris"),
        kasubbag=_person(agency, "Kania Kasubbag", "197001012000012004", "kasubbag"),
        staf=_person(agency, "Surya Staf", "197001012000011005", "staf"),
        staf2=_person(agency, "Sinta Staf", "197001012000012006", "staf"),
        atasan=_person(agency, "Andi Atasan", "197001012000011007"),
        pegawai=_person(agency, "Putri Pegawai", "197001012000012008"),
        outsider=_person(other, "Oscar Luar", "197001012000011009", "staf"),
    )


@pytest.fixture
def sop_data() -> dict[str, Any]:
    return shipped_sop()


@pytest.fixture
def draft(cast: Cast, sop_data: dict[str, Any]) -> ProcedureVersion:
    return actions.install_sop(actor=cast.admin, agency=cast.agency, data=sop_data)


@pytest.fixture
def approved(cast: Cast, draft: ProcedureVersion) -> ProcedureVersion:
    return actions.approve_version(actor=cast.kepala, version=draft, on=dt.date(2023, 7, 10), by=BY)


@pytest.fixture
def run(cast: Cast, approved: ProcedureVersion) -> Run:
    return actions.start_run(actor=cast.kasubbag, version=approved, assignee_of=cast.assignee_of)


@dataclass(frozen=True)
class Walker:
    """Carries a run on, each step by its own actor."""

    cast: Cast
    run: Run

    @property
    def at(self) -> StepRun:
        return StepRun.objects.select_related("run__version").get(run=self.run, state="open")

    def complete(self, **changes: Any) -> StepRun | None:
        step = self.at
        given: dict[str, Any] = {
            "actor": self.cast.owner(step.actor),
            "acting_as": step.actor,
            "step_run": step,
            "outputs": {OUTPUTS[step.step]: {"n": step.seq}},
            "assignee_of": self.cast.assignee_of,
        }
        return actions.complete_step(**given | changes)

    def give_back(self, to_step: int, reason: str = "Data kegiatan 2 keliru.", **changes: Any) -> StepRun:
        step = self.at
        given: dict[str, Any] = {
            "actor": self.cast.owner(step.actor),
            "acting_as": step.actor,
            "step_run": step,
            "to_step": to_step,
            "reason": reason,
            "assignee_of": self.cast.assignee_of,
        }
        return actions.return_step(**given | changes)

    def go_to(self, step: int) -> StepRun:
        while self.at.step < step:
            self.complete()
        return self.at


OUTPUTS = {
    1: "formulir_terkumpul",
    2: "formulir_diperiksa",
    3: "formulir_terisi",
    4: "formulir_disetujui",
    5: "dokumen_ditandatangani",
    6: "dokumen_digandakan",
    7: "dokumen_tersimpan",
}


@pytest.fixture
def walker(cast: Cast, run: Run) -> Walker:
    return Walker(cast, run)


@pytest.fixture
def nobody() -> AssigneeOf:
    return lambda _key: None
