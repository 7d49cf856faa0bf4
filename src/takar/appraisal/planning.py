"""The life of a plan (SKP): drafted, submitted, agreed or returned, revised within the year, its part ended by a move.

What may be done by whom in which state is `plan_policies.RULES`; here is what each move does. What was agreed is never
edited, which the database refuses too: a revision is a version of its own beside the old one.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from takar.appraisal import following
from takar.appraisal.enums import PlanMoveKind, PlanState, Regulation
from takar.appraisal.models import Plan, PlanMove
from takar.appraisal.plan_contents import CONTENTS
from takar.appraisal.plan_policies import RULES, Relation, check_can, check_can_draft, upper_id
from takar.appraisal.plan_queries import OPEN, in_force, last_part
from takar.audit.actions import record
from takar.common import clock, words
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed, Problem
from takar.organisation.models import Assignment, Employee
from takar.organisation.queries import running

LONGEST_REASON = 1000
EARLIEST_YEAR = 2014
SENT = frozenset({PlanMoveKind.SUBMIT, PlanMoveKind.PAPER})


def draft_plan(*, actor: Employee, employee: Employee, year: int, method: str, copied: bool = False) -> Plan:
    """Begin a year's plan, or the next part of it after a move; `copied`: from the part before, or last year's."""
    check_can_draft(actor, employee)
    if method not in Regulation.values or not EARLIEST_YEAR <= year <= clock.today().year + 1:
        raise InvalidInput("SKP belum disusun.", [Problem("Tahun", "Pilih tahun dan peraturannya dari daftar.")])
    with transaction.atomic():
        before = last_part(employee, year, method)
        _check_place_free(before, year)
        number = before.part + 1 if before else 1
        plan = Plan(
            agency_id=employee.agency_id, employee=employee, year=year, method=method, part=number,
            version=1 + Plan.objects.filter(employee=employee, year=year, method=method, part=number).count(),
            start=before.last_day + dt.timedelta(days=1) if before else None, updated_at=clock.now(),
        )  # fmt: skip
        _seat(plan)
        try:
            with transaction.atomic():
                plan.save()
        except IntegrityError as error:
            raise AlreadyDone(f"SKP tahun {year} sudah mulai disusun; buka kembali daftarnya.") from error
        source = _source(before, employee, year, method) if copied else None
        if source is not None:
            _copy(source, plan, keys=False)
        role = Relation.EMPLOYEE if actor.pk == employee.pk else Relation.DESK
        after = {"year": year, "method": method, "part": number, "copied_from": str(source.pk) if source else None}
        _record(actor, plan, role, "plan.drafted", after=after)
    return plan


@transaction.atomic
def save_content(
    *,
    actor: Employee,
    plan_id: UUID,
    data: Any,
    typed: Mapping[str, Any] | None = None,
    problems: Sequence[Problem] = (),
) -> Plan:
    """Keep what was filled in. What cannot be rows is kept as it was `typed`, the rows stay, and the plan tells why."""
    plan = _locked(plan_id)
    kind = PlanMoveKind.CORRECT if plan.state == PlanState.HANDED_UP else PlanMoveKind.EDIT
    relation = check_can(actor, plan, kind)
    content = CONTENTS[plan.method]
    plan.updated_at = clock.now()
    plan.unfinished = tuple(problems) or tuple(content.problems("SKP", data))
    if plan.unfinished and typed is None:
        raise InvalidInput("SKP belum disimpan.", plan.unfinished)
    if plan.unfinished:
        plan.typed = dict(typed or {})
        plan.save(update_fields=["typed", "updated_at"])
        return plan
    before = content.plain(content.read(plan))
    content.write([(plan, data)])
    plan.typed = None
    plan.save(update_fields=["typed", "updated_at"])
    _record(actor, plan, relation, "plan.saved", before=before, after=content.plain(data))
    return plan


@transaction.atomic
def move_plan(
    *, actor: Employee, plan_id: UUID, kind: PlanMoveKind, reason: str = "", on: dt.date | None = None
) -> Plan:
    """One move of the table. A revision gives the new version, every other move the plan itself."""
    plan = _locked(plan_id)
    _tell_if_done(plan, kind)
    relation = check_can(actor, plan, kind)
    reason = reason.strip()
    _check_asked(plan, kind, reason, on)
    before = plan.state
    moved = EFFECTS.get(kind, _only_state)(plan, kind, reason, on)
    today = clock.today()
    PlanMove.objects.create(
        plan=moved, kind=kind, on=on or today, recorded_at=clock.now(), by=actor, acting_as=relation, reason=reason
    )
    after: dict[str, object] = {"state": moved.state, "version": moved.version, "on": on or today}
    _record(actor, moved, relation, f"plan.{kind.name.lower()}", before={"state": before}, after=after, reason=reason)
    if moved.state == PlanState.AGREED and kind != PlanMoveKind.END:
        following.follow(moved, by=actor.by(relation))
    return moved


def _check_place_free(before: Plan | None, year: int) -> None:
    """One plan at a time: the next part begins when the last one has ended."""
    if before is None:
        return
    if before.state in OPEN:
        raise AlreadyDone(f"SKP tahun {year} sudah disusun dan masih {before.get_state_display().lower()}.")
    if before.last_day >= dt.date(year, 12, 31):
        raise NotAllowed(
            f"SKP tahun {year} sudah disepakati. Susunlah perubahannya; bila pegawai pindah jabatan, akhiri dahulu "
            "bagian yang berjalan."
        )


def _check_asked(plan: Plan, kind: PlanMoveKind, reason: str, on: dt.date | None) -> None:
    asks, problems = RULES[kind].asks, []
    if (asks == "alasan" and not reason) or len(reason) > LONGEST_REASON:
        problems.append(Problem("Alasan", f"Wajib diisi, paling panjang {LONGEST_REASON} huruf."))
    if asks == "tanggal" and (on is None or on > clock.today()) and kind == PlanMoveKind.PAPER:
        problems.append(Problem("Tanggal", "Isi tanggal SKP disepakati, paling lambat hari ini."))
    if kind == PlanMoveKind.END and (on is None or not plan.first_day <= on < plan.last_day):
        within = f"{words.date(plan.first_day)} sampai sehari sebelum {words.date(plan.last_day)}"
        problems.append(Problem("Tanggal", f"Isi hari terakhir bagian ini, dari {within}."))
    if kind == PlanMoveKind.HAND_UP and upper_id(plan) is None:
        problems.append(Problem("Atasan", "Atasan pejabat penilai belum dicatat; lengkapi daftar pegawai dahulu."))
    if kind in SENT:
        problems += _unfinished(plan)
    if problems:
        raise InvalidInput("Belum dapat dilakukan.", problems)


def _unfinished(plan: Plan) -> list[Problem]:
    """Why the plan cannot be sent yet."""
    if plan.typed is not None:
        return [Problem("SKP", "Masih ada isian yang belum lengkap atau perlu dibetulkan; buka “Ubah isi”.")]
    content = CONTENTS[plan.method]
    return content.problems("SKP", content.read(plan))


def _tell_if_done(plan: Plan, kind: PlanMoveKind) -> None:
    """Whoever presses second is told who was first, and when."""
    last = plan.moves.select_related("by").order_by("-recorded_at", "-id").first()
    rule = RULES[kind]
    if last is not None and last.kind == kind and plan.state not in rule.states:
        raise AlreadyDone(
            f"SKP ini sudah {last.get_kind_display().lower()} oleh {last.by.full_name} pada "
            f"{words.moment(last.recorded_at)}; tidak ada yang berubah."
        )


def _only_state(plan: Plan, kind: PlanMoveKind, _reason: str, on: dt.date | None) -> Plan:
    to = RULES[kind].to
    assert to is not None  # noqa: S101 -- moves that lead nowhere have effects of their own
    if kind in SENT:
        _seat(plan)
        if plan.superior_id is None and kind == PlanMoveKind.SUBMIT:
            text = "Atasan langsung pegawai ini belum dicatat; mintalah Kasubbag melengkapi daftar pegawai."
            raise InvalidInput("SKP belum diajukan.", [Problem("Atasan langsung", text)])
    plan.state, plan.updated_at = to, clock.now()
    if to == PlanState.AGREED:
        plan.agreed_on, plan.on_paper = on or clock.today(), kind == PlanMoveKind.PAPER
    plan.save(update_fields=["state", "updated_at", "agreed_on", "on_paper", "superior", "post", "unit"])
    return plan


def _revise(plan: Plan, _kind: PlanMoveKind, reason: str, _on: dt.date | None) -> Plan:
    """A new version with the rows of the one in force, which stays in force until the new one is agreed."""
    versions = Plan.objects.filter(
        employee_id=plan.employee_id, year=plan.year, method=plan.method, part=plan.part
    ).order_by("-version")
    newest = versions[0]
    if newest.state in OPEN:
        raise AlreadyDone(f"Perubahannya sudah disusun sebagai versi {newest.version}, dan masih dalam proses.")
    if in_force(versions).first() != plan:
        raise NotAllowed("Versi ini sudah diganti; susunlah perubahan dari versi yang berlaku.")
    copied = ("agency_id", "employee_id", "year", "method", "approach", "part", "start", "end", "ended_on")
    values = {name: getattr(plan, name) for name in (*copied, "post", "unit", "superior_id")}
    fresh = Plan.objects.create(version=newest.version + 1, reason=reason, updated_at=clock.now(), **values)
    _copy(plan, fresh, keys=True)
    return fresh


def _end(plan: Plan, _kind: PlanMoveKind, _reason: str, on: dt.date | None) -> Plan:
    if plan.ended_on is not None:
        raise NotAllowed(f"Bagian ini sudah diakhiri pada {words.date(plan.ended_on)}.")
    plan.ended_on, plan.updated_at = on, clock.now()
    plan.save(update_fields=["ended_on", "updated_at"])
    return plan


EFFECTS: Mapping[PlanMoveKind, Callable[[Plan, PlanMoveKind, str, dt.date | None], Plan]] = {
    PlanMoveKind.REVISE: _revise,
    PlanMoveKind.END: _end,
}


def _locked(plan_id: UUID) -> Plan:
    """Lock first, then read: rows joined to a locked one would be as they were before the wait."""
    Plan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    return Plan.objects.select_related("agency", "employee", "superior").get(pk=plan_id)


def _seat(plan: Plan) -> None:
    """Post, unit and superior as they are on the part's last day so far; before it began, or long after: as today."""
    seats = Assignment.objects.filter(employee_id=plan.employee_id).select_related("unit").order_by("-start")
    day = min(clock.today(), plan.last_day)
    seat = seats.filter(running(day)).first() or seats.filter(running(clock.today())).first()
    if seat is not None:
        plan.post, plan.unit, plan.superior_id = seat.post, seat.unit.name, seat.superior_id


def _source(before: Plan | None, employee: Employee, year: int, method: str) -> Plan | None:
    """What the new plan starts from: the part before it, else the last part of the year before."""
    if before is not None:
        return before
    earlier = in_force(Plan.objects.filter(employee=employee, year=year - 1, method=method))
    return earlier.order_by("-part").first()


def _copy(source: Plan, plan: Plan, *, keys: bool) -> None:
    content = CONTENTS[plan.method]
    data = content.read(source)
    content.write([(plan, data)], trusted=keys)


def _record(
    actor: Employee,
    plan: Plan,
    relation: Relation,
    verb: str,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object],
    reason: str = "",
) -> None:
    record(
        stream=plan.stream,
        verb=verb,
        by=actor.by(relation),
        subject=f"employee:{plan.employee_id}",
        before=dict(before) if before is not None else None,
        after=dict(after),
        reason=reason,
    )
