"""The pages' POSTs beyond a case: the office, accounts, plans on their way, the SOP, and making the archive smaller.

Whoever the matrix names changes something; whoever it does not name changes nothing and is told so.
"""

import datetime as dt
from itertools import cycle
from typing import Any

import pytest
from django.urls import reverse
from tests.archive.test_archive import archive
from tests.archive.test_reductions import rule
from tests.office import ACTIVITIES, PASSWORD, TODAY, YEAR, Office
from tests.races.test_every_action import MOVES, WAY, move
from tests.rights.cast import CAST
from tests.rights.matrix import Row, remember, who
from tests.rights.test_doors import cast, posted, wrong_answers
from tests.web.browsing import undone

from takar.appraisal.enums import PlanState, Regulation
from takar.appraisal.models import Plan
from takar.appraisal.plan_policies import RULES
from takar.appraisal.planning import draft_plan, save_content
from takar.archive.enums import EndGround
from takar.archive.models import Reduction
from takar.archive.reductions import Person, start_reduction
from takar.archive.retention import record_end_of_service
from takar.casework.periods import open_period
from takar.common import clock
from takar.common.rights import RIGHTS
from takar.organisation.models import Employee
from takar.privacy.actions import ask_correction
from takar.procedures.actions import revise_version
from takar.resets.actions import ask_reset, set_rule
from takar.rules.reductions import TABLES, Act, ReductionKind

__all__ = ["cast"]

COMMITTEE = tuple(Person(part, f"Orang {part}", "NIP 1") for part in ("ketua", "anggota", "arsiparis"))
NEXT_YEAR = TODAY.year


def tried(office: Office, row: Row, address: str, typed: dict[str, Any], others: Any = ()) -> list[str]:
    """Whoever may, the person of another office, and those others."""
    people = row.people | {"outsider"} | set(others)
    return wrong_answers(office, row, lambda name: posted(office, name, address, typed), people)


def row_of(office: Office, key: str, *asked: object, state: str = "") -> Row:
    return Row(RIGHTS[key].over, key, state, who(office, key, *asked))


# --- the office and its accounts


def test_office_accounts_and_the_sop(cast: Office) -> None:
    about, agency = cast.people["unit_lain"], cast.agency
    correction = ask_correction(actor=cast.pegawai, what="Golongan", text="III/d")
    forms: dict[str, tuple[str, dict[str, Any], object]] = {
        "period.open": (reverse("periods"), {"tahun": "2025", "periode": "triwulanan-1", "cara": ""}, agency),
        "sop.draft": (reverse("workshop"), {"tindakan": "mulai"}, agency),
        "account.close": (reverse("office_account", args=[about.pk]), {"tindakan": "tutup", "alasan": "SK 1."}, about),
        "reset.rule": (reverse("resets"), {"tindakan": "berdua"}, agency),
        "privacy.decide": (reverse("correction", args=[correction.pk]), {"putusan": "ya", "jawaban": "Sudah."}, agency),
        "plan.keep": (reverse("plan", args=[NEXT_YEAR, about.pk]), {**TARGET}, agency),
    }
    wrong = list[str]()
    for key, (address, typed, subject) in forms.items():
        wrong += tried(cast, row_of(cast, key, subject), address, typed, CAST)
    assert "\n".join(wrong) == ""


TARGET = {
    "name-1": "Menyusun laporan",
    "quantity-1": "12",
    "quantity_unit-1": "laporan",
    "quality-1": "100",
    "time-1": "12",
    "time_unit-1": "bulan",
}


def test_sop_achievements_prints_and_service_by_whom_the_matrix_names(cast: Office) -> None:
    """The draft is the Kasubbag's; who may make one from the measured times but not see them has no page for it."""
    person, agency = cast.people["rekan"], cast.agency
    period = open_period(
        actor=cast.kasubbag,
        agency=agency,
        year=YEAR - 1,
        method=Regulation.PERMENPAN6.value,
        version=cast.period.version,
    )
    level = {"periode": period.code, "capaian": "baik", "terbit": "2025-01-20", "dasar": "LKjIP"}
    printed = {"periode": str(cast.period.pk), "formulir": "skp-pp46", "bentuk": "zip"}
    service = {"tindakan": "akhir", "tanggal": TODAY.isoformat(), "sebab": EndGround.values[0], "surat": "SK 2"}
    forms: dict[str, tuple[str, dict[str, Any]]] = {
        "achievement.record": (reverse("achievements"), level),
        "office.print": (reverse("print_office"), printed),
        "archive.decide": (reverse("personnel_file", args=[person.pk]), service),
    }
    wrong = list[str]()
    for key, (address, typed) in forms.items():
        wrong += tried(cast, row_of(cast, key, agency), address, typed, CAST)
    times = row_of(cast, "sop.times", agency)
    seen = times.people & row_of(cast, "sop.oversee", agency).people
    row = Row(times.over, times.act, times.state, seen)
    wrong += tried(cast, row, reverse("reviews"), {"tindakan": "rancangan"}, CAST)
    revise_version(actor=cast.kasubbag, version=cast.period.version)
    approval = {"tindakan": "sahkan", "number": "1", "on": TODAY.isoformat(), "by": "Kepala", "password": PASSWORD}
    wrong += tried(cast, row_of(cast, "sop.approve", agency), reverse("workshop"), approval, CAST)
    assert "\n".join(wrong) == ""


def test_offices_are_added_by_whom_the_matrix_names(cast: Office) -> None:
    """The answer is the page with the new administrator's code, not another address."""
    typed = {
        "name": "Dinas Baru", "short_name": "DB", "region": "Kabupaten Contoh", "place": "Contoh",
        "nip": "199001012015011001", "admin_name": "Baru",
    }  # fmt: skip

    def add(name: str) -> str:
        answer = cast.client(name).post(reverse("offices"), typed)
        return "" if answer.status_code == 200 else str(answer.status_code)

    wrong = wrong_answers(cast, row_of(cast, "office.add", cast.agency), add)
    assert "\n".join(wrong) == ""


def test_reset_is_asked_and_agreed_to_by_whom_the_matrix_names(cast: Office) -> None:
    """Whoever asked is another person than all who try, apart from the Kasubbag, who asked."""
    set_rule(actor=cast.kasubbag, agency=cast.agency, second_person=True)
    person: Employee = cast.pegawai
    typed = {"tindakan": "minta", "pegawai": str(person.pk), "alasan": "Lupa."}
    wrong = tried(cast, row_of(cast, "reset.ask", person), reverse("resets"), typed, CAST)
    wrong += tried(cast, row_of(cast, "reset.rule_off", cast.agency), reverse("resets"), {"tindakan": "sendiri"}, CAST)
    asked = ask_reset(actor=cast.kasubbag, person=person, reason="Lupa.")
    row = row_of(cast, "reset.confirm", person)
    row = Row(row.over, row.act, row.state, row.people - {"kasubbag"})
    sent = {"tindakan": "setujui", "permintaan": str(asked.pk)}

    def agree(name: str) -> str:
        answer = cast.client(name).post(reverse("resets"), sent)
        return "" if answer.status_code == 200 else str(answer.status_code)

    wrong += wrong_answers(cast, row, agree)
    assert "\n".join(wrong) == ""


# --- a plan on its way


def test_each_move_of_a_plan_is_made_by_whom_the_matrix_names(cast: Office) -> None:
    plan = draft_plan(actor=cast.pegawai, employee=cast.pegawai, year=NEXT_YEAR, method="pp46-2011")
    plan = save_content(actor=cast.pegawai, plan_id=plan.pk, data=list(ACTIVITIES))
    with_upper = Office(cast.agency, cast.period, {**cast.people, "kepala": cast.people["atasan2"]}, cast.clients)
    wrong, others = list[str](), cycle(CAST)
    for kind in MOVES:
        for state in sorted(RULES[kind].states & WAY.keys()):
            with undone():
                now = plan
                for before in WAY[PlanState(state)]:
                    now = move(with_upper, now, before)
                now = Plan.objects.select_related("agency", "employee", "superior").get(pk=now.pk)
                remember(cast)
                row = row_of(cast, "plan.move", now, kind, state=f"{kind} {state}")
                typed = {
                    "tindakan": kind.value,
                    f"alasan-{kind.value}": "Belum sesuai.",
                    f"tanggal-{kind.value}": TODAY.isoformat(),
                }
                some = {next(others) for _ in range(3)}
                wrong += tried(cast, row, reverse("skp_plan", args=[now.pk]), typed, some)
    assert "\n".join(wrong) == ""


# --- making the archive smaller


def form_of(act: Act) -> dict[str, Any]:
    people = COMMITTEE[: act.people]
    return {
        "tindakan": act.key,
        "nomor": "100/2026",
        "tanggal": TODAY.isoformat(),
        "teks": "Menurut suratnya.",
        "bagian": [person.part for person in people],
        "nama": [person.name for person in people],
        "rincian": [person.detail for person in people],
        "password": PASSWORD,
    }


def test_each_act_of_a_reduction_is_done_by_whom_the_matrix_names(
    cast: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The document is moved when its active time is over, then destroyed: every act of both tables, in their order."""
    rule(cast)
    deposit = archive(cast)
    record_end_of_service(actor=cast.kasubbag, employee=cast.pegawai, on=TODAY, ground="pensiun", letter="SK 1")
    wrong, others, done = list[str](), cycle(CAST), list[str]()
    for kind in (ReductionKind.MOVE, ReductionKind.DESTROY):
        then = clock.now() + dt.timedelta(days=732)
        monkeypatch.setattr(clock, "now", lambda then=then: then)
        cast.clients.clear()  # the sessions of two years ago are over
        for name in CAST:
            cast.client(name)
        remember(cast)
        made = start_reduction(actor=cast.staf, agency=cast.agency, kind=kind, deposits=[deposit.pk])
        address = reverse("reduction", args=[made.pk])
        for act in TABLES[kind]:
            current = Reduction.objects.select_related("agency").get(pk=made.pk)
            row = row_of(cast, "reduction.act", current, act, state=f"{kind} {act.key}")
            wrong += tried(cast, row, address, form_of(act), {next(others) for _ in range(3)})
            assert posted(cast, min(row.people), address, form_of(act)) == ""
            done.append(f"{kind}:{act.key}")
    assert "\n".join(wrong) == ""
    assert done == [f"{kind}:{act.key}" for kind in (ReductionKind.MOVE, ReductionKind.DESTROY) for act in TABLES[kind]]
