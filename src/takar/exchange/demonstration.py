"""The demonstration office: made by the same imports and acts that any office uses, from the files under demo/."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from takar.accounts.models import User
from takar.appraisal import planning
from takar.appraisal.achievements import record_achievement
from takar.appraisal.credit import record_opening
from takar.appraisal.enums import Cycle, PlanMoveKind, Regulation, Value
from takar.appraisal.evaluation import aspects
from takar.appraisal.models import Plan
from takar.appraisal.regimes import items_of
from takar.appraisal.types import (
    ActivityData,
    AnyDraft,
    DraftAssessment,
    DraftEvaluation,
    FormData,
    LineData,
    ValueNote,
    WorkRating,
)
from takar.casework.actions import advance_case, return_case
from takar.casework.acts import record_act
from takar.casework.installing import create_installation
from takar.casework.models import Case
from takar.casework.periods import open_period
from takar.casework.steps import StepData
from takar.common import clock
from takar.exchange import actions
from takar.exchange.models import ImportKind
from takar.organisation import mandates
from takar.organisation.actions import activate_account, issue_activation_codes, set_role_holders
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
# A head of a unit whose post another holds as Plt. for three months from the day on which the demonstration is made.
AWAY, STANDS_IN = "197204192000031003", "197611042003121005"
DAYS_AWAY = dt.timedelta(days=90)
# Assessed by the Plt.; she does not accept the result, and her objection waits for the assessor's answer.
OBJECTS = "198405062009022007"
OBJECTION = (
    "Kegiatan 4 dinilai tidak terlaksana, padahal laporannya sudah disampaikan kepada Sekretariat pada bulan Desember."
)
# Took up another post in mid-year: an SKP for each half.
MOVED, LAST_DAY = "198806302014021002", dt.date(YEAR, 6, 30)
AGREED = dt.date(YEAR, 7, 4)
SECOND_HALF = (
    ActivityData(1, "Mengelola data kepegawaian dalam aplikasi", Decimal(6), "laporan", Decimal(95), Decimal(6)),
    ActivityData(2, "Menyiapkan bahan penilaian kinerja pegawai", Decimal(26), "berkas", Decimal(95), Decimal(6)),
    ActivityData(3, "Melayani surat keterangan pegawai", Decimal(60), "surat", Decimal(90), Decimal(6)),
)
# What the PAK says was there before the results that are kept here.
OPENINGS = {"198202112008011007": Decimal("62.5"), "198910032014031004": Decimal(25)}
# One subbagian tried PermenPANRB 6/2022 two years before: one result awaits the signature of the employee, the other
# case is left whole to the visitor.
TRIAL_YEAR, TRIAL_DAY = 2023, dt.date(2024, 1, 2)
TRIAL_DONE = "198202112008011007"
TRIAL_FORM = FormData(
    (
        LineData(1, realisation="1 dokumen, disepakati Februari", figure=Decimal(1), note="map 02"),
        LineData(2, realisation="4 laporan", figure=Decimal(4), note="map 05"),
        LineData(3, realisation="paling lama 8 hari kerja", figure=Decimal(8), note="buku agenda"),
    )
)
TRIAL_EVALUATION = DraftEvaluation(
    works={1: WorkRating(feedback="positif", note="Rapi dan selesai lebih awal."), 2: WorkRating(feedback="positif")},
    values={value.value: ValueNote("konsisten") for value in Value},
    result="sesuai",
    behaviour="sesuai",
    recommendation="Bagikan cara menganalisis capaian kepada rekan satu subbagian.",
)
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
    version = version_in_force(admin.agency, SHIPPED_KEY, clock.today())
    _take_in(admin, ImportKind.STAFF, "pegawai-uji-coba.xlsx", TRIAL_DAY)
    set_role_holders(actor=admin, agency=admin.agency, holders=[(Role.KASUBBAG, admin)], on=TRIAL_DAY)
    _take_in(admin, ImportKind.WORK_PLANS, f"skp-6-{TRIAL_YEAR}.xlsx", TRIAL_DAY)
    open_period(
        actor=admin, agency=admin.agency, year=TRIAL_YEAR, method=Regulation.PERMENPAN6, version=version, on=TRIAL_DAY
    )
    _take_in(admin, ImportKind.STAFF, "pegawai.xlsx", clock.today())
    _take_in(admin, ImportKind.TARGETS, f"target-skp-{YEAR}.xlsx", clock.today())
    _move_within_the_year(admin)
    _activate_everybody(admin)
    open_period(actor=admin, agency=admin.agency, year=YEAR, method="pp46-2011", version=version)
    _send_away(admin.agency)
    _carry_on(admin.agency)
    _object(admin.agency)
    _try_out(admin.agency)
    _open_accounts(admin)
    return admin.agency


def _take_in(admin: Employee, kind: ImportKind, name: str, on: dt.date) -> None:
    batch = actions.upload(actor=admin, agency=admin.agency, kind=kind, name=name, content=(FILES / name).read_bytes())
    actions.apply(actor=admin, batch_id=batch.pk, on=on)


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
    """The Kepala lets one head of a unit hold the post of another as Plt."""
    today = clock.today()
    people = employees_by_nip([AWAY, STANDS_IN])
    kepala = holders_of(agency.pk, Role.KEPALA, today).select_related("agency")[0]
    data = MandateData(
        kind=MandateKind.PLT,
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
        actor = _doer(case)
        document = case.documents.select_related("document__file").first()
        data = StepData(
            form=TRIAL_FORM if case.step == 1 and case.nip == TRIAL_DONE else None,
            assessment=_example(case) if case.actor == "atasan_langsung" else None,
            seen_sha256=document.document.file.sha256 if document else "",
        )
        advance_case(actor=actor, step_run_id=case.task_id, data=data, password=PASSWORD)
    return case


def _doer(case: Case) -> Employee:
    """Whose the open step is; who is away is stood in for."""
    people = Employee.objects.select_related("user", "agency")
    if case.assignee is None:
        return holders_of(case.agency_id, case.actor, clock.today()).select_related("user", "agency")[0]
    return people.get(nip=STANDS_IN) if case.assignee.nip == AWAY else case.assignee


def _move_within_the_year(admin: Employee) -> None:
    """The first SKP ends with June; the second is agreed on paper in July."""
    person = employees_by_nip([MOVED])[MOVED]
    first = Plan.objects.get(employee=person, year=YEAR, method=Regulation.PP46)
    planning.move_plan(actor=admin, plan_id=first.pk, kind=PlanMoveKind.END, on=LAST_DAY)
    second = planning.draft_plan(actor=admin, employee=person, year=YEAR, method=Regulation.PP46)
    planning.save_content(actor=admin, plan_id=second.pk, data=list(SECOND_HALF))
    planning.move_plan(actor=admin, plan_id=second.pk, kind=PlanMoveKind.PAPER, on=AGREED)


def _object(agency: Agency) -> None:
    """One result is objected to; the answer and the decision are left to the visitor."""
    case = _carry(f"SKP-{YEAR}-{OBJECTS}", 5)
    person = Employee.objects.select_related("user", "agency").get(pk=case.employee_id, agency=agency)
    record_act(actor=person, case_id=case.pk, kind="object", text=OBJECTION)


def _try_out(agency: Agency) -> None:
    """The Kepala records what the office achieved in the year of the trial; one case goes as far as the employee."""
    record_achievement(
        actor=holders_of(agency.pk, Role.KEPALA, clock.today()).select_related("agency")[0],
        agency=agency,
        unit=None,
        cycle=Cycle.ANNUAL.value,
        start=dt.date(TRIAL_YEAR, 1, 1),
        end=dt.date(TRIAL_YEAR, 12, 31),
        level="baik",
        issued_on=dt.date(TRIAL_YEAR + 1, 1, 19),
        source=f"Laporan kinerja {agency.short_name} tahun {TRIAL_YEAR}",
    )
    _carry(f"SKP-{TRIAL_YEAR}-{TRIAL_DONE}", 5)


def _open_accounts(admin: Employee) -> None:
    for nip, person in employees_by_nip(OPENINGS).items():
        record_opening(
            actor=admin,
            person=person,
            amount=OPENINGS[nip],
            as_of=dt.date(YEAR - 1, 12, 31),
            source=f"PAK nomor 800.1.4.5/{nip[-3:]}/{YEAR}",
        )


def _example(case: Case) -> AnyDraft:
    if case.appraisal.method == Regulation.PERMENPAN6:
        return TRIAL_EVALUATION
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
