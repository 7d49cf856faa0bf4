"""The demonstration office: made by the same imports and acts that any office uses, from the files under demo/."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from takar.accounts.models import User
from takar.appraisal.evaluation import aspects
from takar.appraisal.regimes import items_of
from takar.appraisal.types import DraftAssessment
from takar.casework.actions import advance_case, return_case
from takar.casework.installing import create_installation
from takar.casework.models import Case
from takar.casework.periods import open_period
from takar.casework.steps import StepData
from takar.common import clock
from takar.exchange import actions
from takar.exchange.models import ImportKind
from takar.organisation import mandates
from takar.organisation.actions import activate_account, issue_activation_codes
from takar.organisation.enums import MandateKind, Role
from takar.organisation.models import Agency, Employee
from takar.organisation.queries import employees_by_nip, holders_of, inactive_employees
from takar.organisation.types import MandateData
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.queries import version_in_force

FILES = Path(__file__).resolve().parents[3] / "demo"
PASSWORD = "peragaan-takar"  # noqa: S105 -- shown on the demonstration's own sign-in page, and nowhere else valid
YEAR = 2025
OFFICE = {
    "name": "Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu, Transmigrasi dan Tenaga Kerja",
    "short_name": "DPMPTSPTK",
    "region": "Pemerintah Kabupaten Tanjung Sari",
    "place": "Tanjung Sari",
    "nip": "197907212005012003",
    "admin_name": "Nurul Hidayati",
}

# Who has not brought a form yet: a visitor uploads it, as the first act of a whole story.
STORY_NIP = "198503142010011008"
STORY_FILE = "budi-hartono.xlsx"

# The step at which each of these waits when the demonstration starts; everybody else is at step 1.
WAITING_AT = {
    "199203152022211003": 2,
    "199206182019032005": 2,
    "199104232019022004": 3,
    "198202112008011007": 4,
    "198708092011012006": 4,
    "198910032014031004": 6,
}
RETURNED = "199411202020122003"
REASON = "Kegiatan 2 belum terlaksana menurut formulir, tetapi ada di laporan loket; mohon dicocokkan dahulu."
# A head of a unit who is away for two weeks from the day on which the demonstration is made, and who stands in.
AWAY, STANDS_IN = "197204192000031003", "197611042003121005"
DAYS_AWAY = dt.timedelta(days=14)
EXAMPLE_VALUES = (Decimal(88), Decimal(85), Decimal("86.5"), Decimal(90), Decimal(87), Decimal(84))


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody whom a visitor can sign in as."""

    role: str
    name: str
    username: str


def fill() -> Agency:
    """An office with staff, targets, an open period and some cases under way; nothing is written past the actions."""
    admin = create_installation(**OFFICE, password=PASSWORD)
    for kind, name in ((ImportKind.STAFF, "pegawai.xlsx"), (ImportKind.TARGETS, f"target-skp-{YEAR}.xlsx")):
        content = (FILES / name).read_bytes()
        batch = actions.upload(actor=admin, agency=admin.agency, kind=kind, name=name, content=content)
        actions.apply(actor=admin, batch_id=batch.pk, on=clock.today())
    _activate_everybody(admin)
    version = version_in_force(admin.agency, SHIPPED_KEY, clock.today())
    open_period(actor=admin, agency=admin.agency, year=YEAR, method="pp46-2011", version=version)
    _carry_on(admin.agency)
    _send_away(admin.agency)
    return admin.agency


def _activate_everybody(admin: Employee) -> None:
    """Everybody chooses the same password, which only a demonstration may."""
    waiting = inactive_employees(admin.agency_id)
    codes = issue_activation_codes(actor=admin, employees=list(waiting))
    hashed = admin.user.password
    for employee, code in codes[:1]:
        activate_account(username=employee.user.username, code=code, password=PASSWORD, again=PASSWORD)
    User.objects.filter(pk__in=[employee.user_id for employee, _ in codes[1:]]).update(password=hashed)


def _carry_on(agency: Agency) -> None:
    """Some cases go some steps, each act by the person whose it is."""
    desk = holders_of(agency.pk, Role.STAF, clock.today()).select_related("user", "agency")[0]
    files = [
        (path.name, path.read_bytes())
        for path in sorted((FILES / "formulir").glob("*.xlsx"))
        if path.name != STORY_FILE
    ]
    actions.collect_files(actor=desk, files=files)
    for nip, step in WAITING_AT.items():
        _carry(f"SKP-{YEAR}-{nip}", step)
    kasubbag = holders_of(agency.pk, Role.KASUBBAG, clock.today()).select_related("user", "agency")[0]
    case = _carry(f"SKP-{YEAR}-{RETURNED}", 2)
    return_case(actor=kasubbag, step_run_id=case.task_id, to_step=1, reason=REASON)


def _send_away(agency: Agency) -> None:
    """The Kepala lets one head of a unit stand in for another."""
    today = clock.today()
    people = employees_by_nip([AWAY, STANDS_IN])
    kepala = holders_of(agency.pk, Role.KEPALA, today).select_related("agency")[0]
    data = MandateData(
        kind=MandateKind.PLH,
        holder=people[STANDS_IN],
        number=f"800.1.11.1/021/{agency.short_name}/{today.year}",
        decreed_on=today,
        start=today,
        end=today + DAYS_AWAY - dt.timedelta(days=1),
        principal=people[AWAY],
    )
    mandates.give_mandate(actor=kepala, agency=agency, data=data)


def _carry(code: str, to_step: int) -> Case:
    """Let the case's people do step after step until the case waits at `to_step`."""
    while (
        case := Case.objects.select_related("open_step", "appraisal", "assignee__user", "agency").get(code=code)
    ).step < to_step:
        actor = (
            case.assignee or holders_of(case.agency_id, case.actor, clock.today()).select_related("user", "agency")[0]
        )
        document = case.documents.select_related("document__file").first()
        data = StepData(
            assessment=_example(case) if case.actor == "atasan_langsung" else None,
            seen_sha256=document.document.file.sha256 if document else "",
        )
        advance_case(actor=actor, step_run_id=case.task_id, data=data, password=PASSWORD)
    return case


def _example(case: Case) -> DraftAssessment:
    numbers = [item.number for item in items_of(case.appraisal)]
    return DraftAssessment(
        quality={number: EXAMPLE_VALUES[number % len(EXAMPLE_VALUES)] for number in numbers},
        behaviour={a.value: EXAMPLE_VALUES[i % len(EXAMPLE_VALUES)] for i, a in enumerate(aspects(case.appraisal))},
        recommendation="Pertahankan ketelitian; ikuti pelatihan analisis data pada tahun berikutnya.",
    )


def cast(agency: Agency) -> list[Member]:
    """The people of a whole story: the desk, a pair of employee and superior, and those who look on."""
    members = []
    for role in (Role.STAF, Role.KASUBBAG, Role.SEKRETARIS, Role.KEPALA):
        members += [
            _member(str(role.label), person)
            for person in holders_of(agency.pk, role, clock.today()).select_related("user")
        ]
    story = Case.objects.filter(agency=agency, nip=STORY_NIP).select_related("employee__user", "assessor__user").first()
    if story is not None:
        members += [_member("Pegawai", story.employee), _member("Atasan langsung", story.assessor)]
    return members


def _member(role: str, person: Employee) -> Member:
    return Member(role, person.full_name, person.user.username)
