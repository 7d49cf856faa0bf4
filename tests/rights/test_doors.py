"""The same answers at the doors: a page's real POST, the command line and the API, for everybody, each act at least once.

Whoever may changes something; whoever may not changes nothing and is told so: 403, 404, or the page again with the
sentence. A person of another office gets 404 for everything. An account that is closed passes no door.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.api.calling import Caller
from tests.cli.conftest import call
from tests.office import FORM, PASSWORD, PEOPLE, TODAY, Office, assessment
from tests.rights.cast import CAST, people_the_office
from tests.rights.matrix import Row, fresh, rows_of_case, walk, who
from tests.web.browsing import problems, undone, words

from takar.audit.models import Event
from takar.casework.actions import save_form
from takar.casework.aftermath import PP46
from takar.casework.models import Case
from takar.casework.steps import document_of
from takar.common.rights import RIGHTS
from takar.documents.actions import CLASSIFICATION
from takar.organisation.models import Assignment

FIGURES = {
    "line-1-quantity": "12",
    "line-1-time": "9,12",
    "line-1-note": "map 1",
    "line-2-quantity": "4",
    "line-2-time": "11",
    "line-2-cost": "9500000",
    "line-2-note": "map 2",
    "quality-1": "96",
    "quality-2": "85",
    "recommendation": "Dipertahankan.",
    "password": PASSWORD,
}
PAPER = {
    "untuk": "Putri Maharani",
    "bentuk": "kertas",
    "nama": "Putri Maharani",
    "dasar": "Permintaan",
    "tanggal": "2026-01-12",
}
AT_THE_END = {
    "copy-1-for": "Putri Maharani",
    "copy-1-form": "kertas",
    "copy-1-on": "2026-01-12",
    "copy-1-ground": "Pasal 21",
    "classification": CLASSIFICATION,
    "box": "B-01",
    "shelf": "R-1",
}
STRANGERS = {"outsider", "unit_lain", "lama", "rekan"}
DOORS = ("step.act:", "step.return:", "case.act:")


@pytest.fixture
def cast(office: Office) -> Office:
    """Everybody signed in, before anything is taken back."""
    people_the_office(office)
    for name in CAST:
        office.client(name)
    save_form(actor=office.staf, step_run_id=office.case().task_id, data=FORM)
    return office


def firsts(office: Office) -> Iterator[Row]:
    """The case walks through its life; each act comes once, in the first state in which somebody may do it."""
    seen: set[tuple[str, bool]] = set()
    for state in walk(office):
        for row in rows_of_case(office, state):
            late = (row.act, state == "4 alih")
            if row.act.startswith(DOORS) and row.people and late not in seen:
                seen.add(late)
                yield row


def wrong_answers(office: Office, row: Row, door: Callable[[str], str], people: Iterable[str] = CAST) -> list[str]:
    """They all try; what each did is taken back."""
    found = []
    for name in people:
        before = Event.objects.count()
        with undone():
            told = door(name)
            changed = Event.objects.count() > before
        if changed != (name in row.people) or bool(told) != (name not in row.people):
            found.append(f"{row.act} ({row.state}) by {name}: {'changed' if changed else 'nothing'} {told!r}")
    return found


# --- pages


def test_pages_let_each_do_what_is_his_and_nothing_else(cast: Office) -> None:
    """Whoever may, the person of another office, and of the others three each time, in turn."""
    tried, wrong, others = set[str](), list[str](), cycle(CAST)
    for row in firsts(cast):
        tried.add(row.act)
        people = row.people | {"outsider"} | {next(others) for _ in range(3)}
        wrong += wrong_answers(cast, row, lambda name, row=row: by_page(cast, row, name), people)  # type: ignore[misc]
    assert "\n".join(wrong) == ""
    acts = {act for act in tried if act.startswith("case.act:")}
    assert acts == {f"case.act:{kind.key}" for kind in PP46.kinds}
    assert {act for act in tried if act.startswith("step.act")} == {f"step.act:{number}" for number in range(1, 8)}


def by_page(office: Office, row: Row, name: str) -> str:
    """Send the well-filled form of the act; empty when it was taken, else what the page says."""
    case = fresh(office)
    address, typed = form_of(case, row.act)
    answer: Any = office.client(name).post(address, typed)
    if answer.status_code == 302:
        return ""
    assert answer.status_code in {403, 404, 422}, f"{row.act} by {name}: {answer.status_code}"
    assert answer.status_code == 404 or name not in STRANGERS, f"{row.act} by {name}: {answer.status_code}"
    return problems(answer) or words(answer)[-300:]


def form_of(case: Case, act: str) -> tuple[str, dict[str, str]]:
    kind, _, rest = act.partition(":")
    if kind == "case.act":
        name = "decision" if rest == "change" else "aftermath"
        return reverse(name, args=[case.pk]), {"tindakan": rest, "isi": f"Isi {rest}.", **figures(case)}
    address = reverse("step", args=[case.task_id])
    if kind == "step.return":
        return address, {"tindakan": "kembalikan", "ke": rest.partition("-")[2], "alasan": "Perbaiki."}
    seen = document_of(case).file.sha256 if case.appraisal.approved_at else ""
    return address, {"tindakan": "selesai", "seen": seen, **AT_THE_END, **figures(case)}


def figures(case: Case) -> dict[str, str]:
    behaviour = assessment(case).behaviour
    return FIGURES | {f"behaviour-{aspect}": str(value) for aspect, value in behaviour.items()}


# --- command line


def test_command_line_lets_each_do_what_is_his_and_nothing_else(cast: Office, tmp_path: Path) -> None:
    """Whoever may, and of the others three each time, in turn, so that every one comes to many acts."""
    given, others = tmp_path / "penilaian.json", cycle(CAST)
    wrong = []
    for row in firsts(cast):
        draft = assessment(cast.case())
        content = {
            "quality": {"1": 96, "2": 85},
            "behaviour": {aspect: int(value) for aspect, value in draft.behaviour.items()},
            "recommendation": draft.recommendation,
        }
        given.write_text(json.dumps(content), encoding="utf-8")
        people = row.people | {next(others) for _ in range(3)}
        wrong += wrong_answers(cast, row, lambda name, row=row: by_command(cast, row, name, given), people)  # type: ignore[misc]
    assert "\n".join(wrong) == ""


def by_command(office: Office, row: Row, name: str, given: Path) -> str:
    case = fresh(office)
    nip = office.people[name].nip or ""
    kind, _, rest = row.act.partition(":")
    if kind == "case.act":
        more = ["--assessment", str(given)] if rest == "change" else []
        line = ["aftermath", "--as", nip, case.code, "--do", rest, "--text", f"Isi {rest}.", *more]
    elif kind == "step.return":
        line = ["return", "--as", nip, "--to", rest.partition("-")[2], "--reason", "Perbaiki.", case.code]
    else:
        more = {"4": ["--assessment", str(given)], "7": ["--box", "B-01", "--shelf", "R-1"]}.get(rest, [])
        line = ["act", "--as", nip, case.code, *more]
    answer = call(line, TAKAR_PASSWORD=PASSWORD)
    return "" if answer.code == 0 else answer.out + answer.err


# --- API


def test_api_lets_each_do_what_is_his_and_nothing_else(cast: Office) -> None:
    """Whoever may, the person of another office, and of the others three each time, in turn."""
    callers, others = {name: Caller(cast, name) for name in CAST}, cycle(CAST)
    tried, wrong = set[str](), list[str]()
    for row in firsts(cast):
        tried.add(row.act)
        people = row.people | {"outsider"} | {next(others) for _ in range(3)}
        wrong += wrong_answers(cast, row, lambda name, row=row: by_api(cast, row, name, callers[name]), people)  # type: ignore[misc]
    assert "\n".join(wrong) == ""
    assert {act for act in tried if act.startswith("case.act:")} == {f"case.act:{kind.key}" for kind in PP46.kinds}


def by_api(office: Office, row: Row, name: str, caller: Caller) -> str:
    """Empty when the act was done, else what the problem says."""
    path, body = request_of(fresh(office), row.act)
    status, answer = caller("POST", path, body)
    if status == 200:
        return ""
    assert status in {403, 404, 422}, f"{row.act} by {name}: {status}"
    assert status == 404 or name not in STRANGERS, f"{row.act} by {name}: {status}"
    return str(answer["detail"])


def request_of(case: Case, act: str) -> tuple[str, dict[str, Any]]:
    kind, _, rest = act.partition(":")
    draft = assessment(case)
    given = {
        "quality": {"1": 96, "2": 85},
        "behaviour": {aspect: int(value) for aspect, value in draft.behaviour.items()},
        "recommendation": draft.recommendation,
    }
    if kind == "case.act":
        more = {"assessment": given} if rest == "change" else {}
        return f"cases/{case.pk}/acts", {"kind": rest, "text": f"Isi {rest}.", "password": PASSWORD, **more}
    if kind == "step.return":
        return f"tasks/{case.task_id}/return", {"to_step": int(rest.partition("-")[2]), "reason": "Perbaiki."}
    seen = document_of(case).file.sha256 if case.appraisal.approved_at else ""
    copies = [{"recipient": "Putri Maharani", "ground": "Pasal 21", "handed_over_on": "2026-01-12"}]
    own = {
        "4": {"assessment": given},
        "5": {"seen_sha256": seen},
        "6": {"copies": copies},
        "7": {"box": "B-01", "shelf": "R-1"},
    }
    return f"tasks/{case.task_id}/complete", {"password": PASSWORD, **own.get(rest, {})}


# --- who passes no door


def test_closed_account_and_stranger_pass_no_door(cast: Office) -> None:
    """Who was signed in when the account was closed is out with the next click."""
    case, person = cast.case(), cast.staf
    address, typed = form_of(fresh(cast), "step.act:1")
    signed_in = cast.client("staf")
    person.user.is_active = False
    person.user.save(update_fields=["is_active"])
    before = Event.objects.count()
    for client in (Client(), signed_in):
        answer = client.post(address, typed)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, reverse("account_login"))
    told = call(["act", "--as", person.nip or "", case.code])
    assert (told.code, "Tidak ada akun aktif" in told.err) == (1, True)
    assert (Event.objects.count(), cast.case().step) == (before, 1)


def test_step_that_is_done_is_nobodys_any_more(cast: Office) -> None:
    first = fresh(cast)
    address, typed = form_of(first, "step.act:1")
    cast.at_step(2)
    before = Event.objects.count()
    answers = {name: cast.client(name).post(address, typed).status_code for name in CAST}
    sees = {"pegawai", "atasan", "atasan2", "plh", "kepala", "sekretaris", "kasubbag", "staf", "plt"}
    others = {name: 403 if name in sees else 404 for name in CAST}
    assert answers == others | {"staf": 409}
    assert Event.objects.count() == before


# --- the office, people, plans and documents


def _office_forms(office: Office) -> dict[str, tuple[str, dict[str, Any]]]:
    case = office.case()
    day = TODAY.isoformat()
    about, person = [case.employee_id], "Tugas belajar."
    return {
        "mandate.keep": (
            reverse("mandates"),
            {"kind": "plh", "principal": PEOPLE["kepala"][0], "role": "", "holder": PEOPLE["sekretaris"][0],
             "number": "800/7", "decreed_on": day, "start": day, "end": day, "acts": ["check"]},
        ),
        "office.manage": (reverse("calendar"), {"hari": "kerja", "kerja": ["0", "1", "2", "3", "4"], "libur": ""}),
        "archive.keep": (reverse("boxes"), {"tindakan": "box", "box": "B-77", "rak": "R-7", "ruang": "Arsip"}),
        "credit.open": (reverse("account", args=about), {"angka": "6", "tanggal": "2023-12-31", "dasar": "PAK 1"}),
        "notebook.write": (reverse("notebook", args=about), {"tanggal": day, "aspek": "", "uraian": person}),
        "feedback.give": (reverse("feedback_of", args=about), {"tanggal": day, "uraian": person}),
        "feedback.invite": (
            reverse("feedback_of", args=about), {"tindakan": "minta", "rekan": PEOPLE["atasan_lain"][0]}
        ),
        "plan.draft": (reverse("skp_begin", args=about), {"tahun": str(TODAY.year), "cara": "permenpan6-2022"}),
        "progress.record": (
            reverse("progress", args=[case.appraisal.plan_id]),
            {"baris": "1", "tanggal": "2025-03-01", "uraian": "Laporan Februari selesai."},
        ),
        "case.reassign": (
            reverse("assessor", args=[case.pk]),
            {"terjadi": "corrected", "tanggal": day, "penilai": PEOPLE["kepala"][0], "alasan": "SK 1."},
        ),
    }  # fmt: skip


def test_forms_of_the_office_change_something_only_for_whom_the_matrix_names(cast: Office) -> None:
    Assignment.objects.filter(employee=cast.pegawai).update(post_kind="jft", level="ahli_muda")
    case, wrong = fresh(cast), list[str]()
    subjects: dict[str, tuple[object, ...]] = {
        "case.reassign": (case,), "progress.record": (case.appraisal.plan,),
        **dict.fromkeys(("credit.open", "notebook.write", "feedback.give", "feedback.invite", "plan.draft"), (cast.pegawai,)),
    }  # fmt: skip
    for key, (address, typed) in _office_forms(cast).items():
        row = Row(RIGHTS[key].over, key, "", who(cast, key, *subjects.get(key, (cast.agency,))))
        wrong += wrong_answers(cast, row, lambda name, a=address, t=typed: posted(cast, name, a, t))  # type: ignore[misc]
    assert "\n".join(wrong) == ""


def posted(office: Office, name: str, address: str, typed: dict[str, Any]) -> str:
    if name == "outsider" and not any(part.count("-") == 4 for part in address.split("/")):
        return "an office's page is that of his own office"
    answer: Any = office.client(name).post(address, typed)
    return "" if answer.status_code == 302 else f"{answer.status_code} {problems(answer)[:400]}"


def test_document_is_withdrawn_and_copied_by_whom_the_matrix_names(cast: Office) -> None:
    cast.at_step(8)
    document = document_of(cast.case())
    forms = {
        "document.withdraw": (reverse("withdraw", args=[document.pk]), {"alasan": "Keliru."}, document),
        "copies.keep": (reverse("document_copies", args=[document.pk]), PAPER, cast.agency),
    }
    wrong = []
    for key, (address, typed, subject) in forms.items():
        row = Row(RIGHTS[key].over, key, "", who(cast, key, subject))
        wrong += wrong_answers(cast, row, lambda name, a=address, t=typed: posted(cast, name, a, t))  # type: ignore[misc]
    assert "\n".join(wrong) == ""
