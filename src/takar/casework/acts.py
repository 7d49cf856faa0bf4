"""The one write after the approval: an act is checked against the tables, takes effect, and is kept for good."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from takar.appraisal.evidence import media_type_of
from takar.appraisal.types import AnyDraft
from takar.audit.actions import record
from takar.casework import terms
from takar.casework.act_effects import EFFECTS, Doing, no_effect
from takar.casework.act_policies import check_can_record
from takar.casework.aftermath import DESK, Kind, hindrance, regime_of
from takar.casework.dues import keep_terms
from takar.casework.models import Act, ActFile, Case
from takar.casework.working import check_unchanged
from takar.common import clock, words
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.documents.actions import confirm_signer
from takar.documents.signing.pen import Pen, with_pen
from takar.files.actions import store
from takar.organisation.calendar import calendar_of
from takar.organisation.models import Employee
from takar.rules.deadlines import rule_named, standing

LONGEST_TEXT = 10_000
MOST_FILES = 10
NOON = dt.time(12)
RELATED = (
    "agency",
    "period",
    "run__version",
    "open_step",
    "appraisal__plan",
    "employee",
    "assessor",
    "assessor_superior",
)

FileData = tuple[str, bytes]


def record_act(
    *,
    actor: Employee,
    case_id: UUID,
    kind: str,
    text: str = "",
    on: dt.date | None = None,
    files: Sequence[FileData] = (),
    draft: AnyDraft | None = None,
    password: str | None = None,
    code: str = "",
    seen_sha256: str = "",
    pen: Pen | None = None,
    seen: int | None = None,
) -> Act:
    """Do one act of the tables. `on` is the true day of what was done on paper; a binding act asks for the password.

    `seen_sha256` is the edition that a superior saw before signing it; without it, the one that is in force. `seen` is the
    number of the case's last event when it was read; None asks for nothing.
    """
    case = _find(case_id)
    wanted = _kind_of(case, kind)
    role = check_can_record(actor, case, wanted)
    if wanted.binding and role != DESK:
        confirm_signer(actor=actor, password=password or "", code=code)
    what = What(wanted, text, on, tuple(files), draft, seen_sha256, seen)
    return do_act(actor, case_id, what, pen or Pen())


@dataclass(frozen=True, slots=True)
class What:
    """One act as it was filled in."""

    kind: Kind
    text: str = ""
    on: dt.date | None = None
    files: tuple[FileData, ...] = ()
    draft: AnyDraft | None = None
    seen_sha256: str = ""
    seen: int | None = None


def do_act(actor: Employee, case_id: UUID, what: What, pen: Pen) -> Act:
    """The act itself, by somebody whose password was asked for where it binds."""
    wanted = what.kind

    @transaction.atomic
    def act() -> Act:
        Case.objects.select_for_update(of=("self",)).get(pk=case_id)
        case = _find(case_id)
        check_unchanged(case, what.seen)
        role = check_can_record(actor, case, wanted)
        at = _moment(wanted, role, what.on)
        doing = Doing(actor, role, case, wanted, what.text.strip(), at, what.draft, pen, what.seen_sha256)
        _check(doing, what.files)
        title = terms.stead_title(actor, case, role)
        data = EFFECTS.get(wanted.key, no_effect)(doing)
        act = _keep(doing, {**data, "title": title} if title else data, what.files)
        keep_terms([case])
        return act

    return with_pen(pen, act)


def _find(case_id: UUID) -> Case:
    found = Case.objects.select_related(*RELATED).filter(pk=case_id).first()
    if found is None:
        raise NotAllowed("Berkas itu tidak ditemukan. Buka kembali daftar Berkas.")
    return found


def _kind_of(case: Case, key: str) -> Kind:
    found = regime_of(case.appraisal.method).kind(key)
    if found is None:
        raise NotAllowed("Tindakan itu tidak dikenal dalam peraturan yang berlaku bagi periode ini.")
    return found


def _moment(kind: Kind, role: str, on: dt.date | None) -> dt.datetime:
    """When it happened: now, or noon of an earlier day where the act may be dated."""
    now, today = clock.now(), clock.today()
    if on is None or on == today:
        return now
    if on > today:
        raise InvalidInput("Belum dicatat.", [Problem("Tanggal", "Tanggal tidak boleh sesudah hari ini.")])
    if role != DESK and not kind.dated:
        raise InvalidInput("Belum dicatat.", [Problem("Tanggal", "Tindakan Anda sendiri dicatat pada hari ini.")])
    return dt.datetime.combine(on, NOON, tzinfo=clock.office_zone())


def _check(doing: Doing, files: Sequence[FileData]) -> None:
    """The state first, then the term, then what was filled in; each refusal says why."""
    day = clock.office_date(doing.at)
    state = terms.state_of(doing.case, on=day)
    if reason := hindrance(doing.kind, state.facts):
        raise NotAllowed(f"“{doing.kind.label}” tidak dapat dilakukan. {reason} Tidak ada yang berubah.")
    _check_term(doing, state, day)
    problems = list(_problems(doing, files))
    if problems:
        raise InvalidInput("Belum dicatat.", problems)
    first = max((_earliest(group, state.facts) for group in doing.kind.after), default=day)
    if day < first:
        text = f"Tidak mungkin sebelum {words.date(first)}; periksa tanggalnya."
        raise InvalidInput("Belum dicatat.", [Problem("Tanggal", text)])


def _check_term(doing: Doing, state: terms.State, day: dt.date) -> None:
    """An act after its term is refused in words, whoever it harms; what was done on paper in time is not late."""
    if not doing.kind.within:
        return
    rule = rule_named(doing.case.appraisal.method, doing.kind.within)
    if rule.act not in state.facts:
        return
    found = standing(rule, state.facts[rule.act], day, calendar_of(doing.case.agency))
    if found.passed:
        raise NotAllowed(
            f"Tenggat {rule.label.lower()} berakhir pada {words.date(found.due)} ({rule.days} {found.unit} sejak "
            f"{words.date(found.started)}) dan sudah lewat. {rule.consequence}"
        )


def _problems(doing: Doing, files: Sequence[FileData]) -> list[Problem]:
    kind, found = doing.kind, []
    if not doing.text and (kind.text_required or doing.on_paper):
        label = kind.text_label or "Keterangan"
        found.append(Problem(label, "Wajib diisi; sebutkan pula suratnya bila dilakukan di atas kertas."))
    if len(doing.text) > LONGEST_TEXT:
        found.append(
            Problem(kind.text_label, f"Paling panjang {LONGEST_TEXT} huruf; lampirkan sisanya sebagai berkas.")
        )
    if len(files) > MOST_FILES:
        found.append(Problem("Berkas", f"Paling banyak {MOST_FILES} berkas."))
    if kind.changes_result and doing.draft is None:
        found.append(Problem("Nilai", "Nilai yang diputuskan belum diisi."))
    if kind.recommends and doing.draft is not None and not doing.draft.recommendation.strip():
        found.append(Problem("Catatan/rekomendasi", "Wajib diisi; keputusan memberi rekomendasi baru (angka 7)."))
    return found


def _earliest(group: Sequence[str], facts: Mapping[str, dt.date]) -> dt.date:
    return min(facts[fact] for fact in group if fact in facts)


def _keep(doing: Doing, data: dict[str, Any], files: Sequence[FileData]) -> Act:
    case, kind = doing.case, doing.kind
    act = Act.objects.create(
        case=case,
        kind=kind.key,
        at=doing.at,
        recorded_at=clock.now(),
        by=doing.actor,
        acting_as=doing.role,
        text=doing.text,
        data=data,
    )
    kept = [_keep_file(act, name, content) for name, content in files]
    after = {"kind": kind.key, "on": clock.office_date(doing.at), "text": doing.text, "files": kept, **data}
    record(
        stream=case.stream, verb="act.recorded", by=doing.actor.by(doing.role), subject=f"case:{case.pk}", after=after
    )
    return act


def _keep_file(act: Act, name: str, content: bytes) -> dict[str, str]:
    file = store(content, name=name, media_type=media_type_of(name, content))
    ActFile.objects.create(act=act, file=file, name=name[-200:])
    return {"name": name[-200:], "sha256": file.sha256}
