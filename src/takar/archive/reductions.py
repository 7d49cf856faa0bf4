"""Penyusutan: a list is made, goes through its acts in order, and is carried out; every act is kept for ever.

Which act, by whom, after which, is `rules.reductions`; what carrying out does is a table here.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from takar.archive import reduction_sheets
from takar.archive.enums import DepositState, ReductionState, Verdict
from takar.archive.models import Deposit, Loan, Reduction, ReductionAct, ReductionItem, Words
from takar.archive.policies import check_can_keep_archive, offices_of
from takar.archive.queries import held_among, lives_of, schedules_of
from takar.archive.reduction_checks import check_act, check_items
from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed, Problem
from takar.common.rights import Over, right
from takar.documents.destruction import destroy_document, files_of
from takar.documents.signatures import confirm_signer
from takar.documents.signing.internal import seal
from takar.files.actions import destroy, store
from takar.organisation.enums import Role
from takar.organisation.models import Agency, Employee
from takar.rules.reductions import Act, ReductionKind, acts_of, open_acts

MOST_ITEMS = 500
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part: a member of the committee, a witness, who receives."""

    part: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class ActData:
    """What was filled in for an act; `kept` are the items that the committee wants kept, with its reasons."""

    on: dt.date | None = None
    number: str = ""
    text: str = ""
    people: tuple[Person, ...] = ()
    kept: Mapping[UUID, str] = field(default_factory=dict)
    file: tuple[str, bytes] | None = None
    password: str = ""
    code: str = ""


def start_reduction(*, actor: Employee, agency: Agency, kind: ReductionKind, deposits: Collection[UUID]) -> Reduction:
    """A list of these deposits; each must be due for it today."""
    role = check_can_keep_archive(actor, agency)
    with transaction.atomic():
        Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
        wanted = Deposit.objects.filter(agency=agency, pk__in=deposits).order_by("year", "name", "pk")
        rows = list(wanted.select_related("box__shelf", "document", "subject__end_of_service", "package"))
        years = check_items(kind, lives_of(agency.pk, rows), schedules_of(agency.pk))
        count = Reduction.objects.filter(agency=agency, started_at__year=clock.today().year).count() + 1
        made = Reduction.objects.create(
            agency=agency,
            kind=kind,
            number=f"{kind.value.upper()}/{count:03d}/{agency.short_name}/{clock.today().year}",
            years=years,
            started_at=clock.now(),
            started_by=actor,
        )
        ReductionItem.objects.bulk_create(
            ReductionItem(reduction=made, deposit=row, description=_described(row)) for row in rows
        )
        after = {"number": made.number, "kind": kind.value, "items": [row.number for row in rows]}
        _record(made, actor, role, "reduction.started", after)
    return made


def perform_act(*, actor: Employee, reduction: Reduction, key: str, data: ActData) -> ReductionAct:
    """One act of the table, in its order, by an office that may; the last one carries the list out."""
    act = _act_of(reduction, key)
    check_may(actor, reduction, act)
    if act.binding:
        confirm_signer(actor=actor, password=data.password, code=data.code)
    with transaction.atomic():
        locked = Reduction.objects.select_for_update(of=("self",)).select_related("agency").get(pk=reduction.pk)
        role = check_may(actor, locked, act)
        check_act(act, data, locked)
        if act.verdicts:
            _appraise(locked, data.kept)
        made = _keep(locked, actor, role, act, data)
        if act.carries_out:
            _carry_out(locked, actor, role)
    return made


def cancel_reduction(*, actor: Employee, reduction: Reduction, reason: str) -> Reduction:
    """Give the list up before it was carried out; what was done so far stays written."""
    if Role.KASUBBAG not in offices_of(actor, reduction.agency):
        raise NotAllowed("Daftar ini hanya dapat dibatalkan oleh Kasubbag Umum dan Kepegawaian.")
    if not 0 < len(reason.strip()) <= 200:  # noqa: PLR2004 -- as long as other reasons
        raise InvalidInput("Belum dibatalkan.", [Problem("Alasan", "Wajib diisi, paling panjang 200 huruf.")])
    with transaction.atomic():
        locked = Reduction.objects.select_for_update(of=("self",)).get(pk=reduction.pk)
        _check_open(locked)
        locked.state = ReductionState.CANCELLED
        locked.save(update_fields=["state"])
        _record(locked, actor, Role.KASUBBAG, "reduction.cancelled", {"number": locked.number, "reason": reason})
    return locked


@right("reduction.act", "Tindakan penyusutan", Over.REDUCTION)
def check_may(actor: Employee, reduction: Reduction, act: Act) -> str:
    """The office as which the person does it; a sentence otherwise."""
    done = {made.kind: made for made in reduction.acts.select_related("by")}
    if act.key in done:
        raise AlreadyDone(f"“{act.label}” sudah dicatat oleh {done[act.key].by.full_name}. Tidak ada yang berubah.")
    if act.key != "report":
        _check_open(reduction)
    if act not in open_acts(acts_of(ReductionKind(reduction.kind), reduction.years), set(done)):
        raise NotAllowed(f"“{act.label}” belum dapat dilakukan: tindakan sebelumnya belum selesai.")
    held = offices_of(actor, reduction.agency)
    role = next((role for role in act.who if role in held), None)
    if role is None:
        offices = " atau ".join(str(Role(role).label) for role in act.who)
        raise NotAllowed(f"“{act.label}” dilakukan oleh {offices}.")
    if any(done[key].by_id == actor.pk for key in act.not_by if key in done):
        raise NotAllowed("Kedua tanda tangan harus dari dua orang yang berbeda.")
    return role


def may(actor: Employee, reduction: Reduction, act: Act) -> bool:
    try:
        check_may(actor, reduction, act)
    except (NotAllowed, AlreadyDone):
        return False
    return True


def _appraise(reduction: Reduction, kept: Mapping[UUID, str]) -> None:
    for item in reduction.items.order_by("pk"):
        item.verdict = Verdict.KEPT if item.pk in kept else Verdict.AGREED
        item.note = kept.get(item.pk, "")
        item.save(update_fields=["verdict", "note"])


def _keep(reduction: Reduction, actor: Employee, role: str, act: Act, data: ActData) -> ReductionAct:
    name, content = data.file or ("", b"")
    file = store(content, name=name, media_type=PDF) if content else None
    people = [asdict(person) for person in data.people]
    made = ReductionAct.objects.create(
        reduction=reduction,
        kind=act.key,
        on=data.on or clock.today(),
        number=data.number.strip(),
        text=data.text.strip(),
        people=people,
        file=file,
        by=actor,
        acting_as=role,
        recorded_at=clock.now(),
    )
    after = {"list": reduction.number, "act": act.key, "on": made.on, "number": made.number, "people": people}
    kept = {"kept": [str(pk) for pk in data.kept], "file": file.sha256 if file else ""}
    _record(reduction, actor, role, "reduction.act", {**after, **kept})
    return made


def _carry_out(reduction: Reduction, actor: Employee, role: str) -> None:
    """Once more everything that forbids it is looked for; then the list takes effect, all of it or nothing."""
    items = list(
        reduction.items.exclude(verdict=Verdict.KEPT)
        .select_related("deposit__document__file", "deposit__file", "deposit__record")
        .order_by("pk")
    )
    deposits = [item.deposit for item in items]
    _check_free(reduction, deposits)
    EFFECTS[ReductionKind(reduction.kind)](actor, reduction, deposits)
    signed = seal(
        reduction_sheets.print_record(reduction),
        signer=actor,
        reason=f"{reduction_sheets.TITLES[ReductionKind(reduction.kind)]} {reduction.number}",
        field_name="TTD_pelaksana",
        at=clock.now().replace(microsecond=0),
    )
    reduction.file = store(signed, name=f"{reduction.number.replace('/', '-')}.pdf", media_type=PDF)
    reduction.state = ReductionState.DONE
    reduction.save(update_fields=["file", "state"])
    after = {"number": reduction.number, "items": [row.number for row in deposits], "record": reduction.file.sha256}
    _record(reduction, actor, role, "reduction.carried_out", after)


def _check_free(reduction: Reduction, deposits: Sequence[Deposit]) -> None:
    if reduction.kind == ReductionKind.MOVE:
        return
    held = held_among(deposits)
    lent = set(Loan.objects.filter(deposit__in=deposits, returned_on=None).values_list("deposit", flat=True).order_by())
    problems = [Problem(row.number, "Sedang ditahan; lepaskan dahulu.") for row in deposits if row.pk in held]
    problems += [Problem(row.number, "Sedang dipinjam; catat kembali dahulu.") for row in deposits if row.pk in lent]
    if problems:
        raise InvalidInput("Belum dilaksanakan, tidak ada yang berubah.", problems)


def _move(_actor: Employee, _reduction: Reduction, deposits: Sequence[Deposit]) -> None:
    _set_state(deposits, DepositState.INACTIVE)


def _hand_over(_actor: Employee, _reduction: Reduction, deposits: Sequence[Deposit]) -> None:
    _set_state(deposits, DepositState.TRANSFERRED)


def _destroy(actor: Employee, reduction: Reduction, deposits: Sequence[Deposit]) -> None:
    """The contents leave the store when this is committed; rows, hashes and the list stay."""
    reference = f"berita acara {reduction.number}"
    for row in deposits:
        if row.document is not None:
            keep = _held_elsewhere(files_of(row.document), deposits)
            destroy_document(actor=actor, document=row.document, reference=reference, keep=keep)
        else:
            own = {file.pk: file for file in (row.file, row.record) if file}
            keep = _held_elsewhere(own, deposits)
            gone = [file for pk, file in own.items() if pk not in keep]
            destroy(gone, reference=reference, by=actor.full_name)
    Words.objects.filter(deposit__in=deposits).delete()
    _set_state(deposits, DepositState.DESTROYED)


def _held_elsewhere(files: Collection[UUID], deposits: Sequence[Deposit]) -> set[UUID]:
    """Which of these contents another archived document still is: the same package may lie in two offices."""
    others = Deposit.objects.exclude(pk__in=[row.pk for row in deposits]).exclude(state=DepositState.DESTROYED)
    pairs = others.filter(Q(file__in=files) | Q(record__in=files)).order_by().values_list("file", "record")
    return {pk for pair in pairs for pk in pair if pk in files}


def _set_state(deposits: Sequence[Deposit], state: DepositState) -> None:
    Deposit.objects.filter(pk__in=[row.pk for row in deposits]).update(state=state)


EFFECTS: Mapping[ReductionKind, Callable[[Employee, Reduction, Sequence[Deposit]], None]] = {
    ReductionKind.MOVE: _move,
    ReductionKind.HAND_OVER: _hand_over,
    ReductionKind.DESTROY: _destroy,
}


def _described(row: Deposit) -> dict[str, str]:
    return {
        "number": row.number,
        "name": row.name,
        "nip": row.nip,
        "year": str(row.year),
        "classification": row.classification,
        "box": row.box.code if row.box else "",
        "sha256": row.file.sha256,
    }


def _act_of(reduction: Reduction, key: str) -> Act:
    known = {act.key: act for act in acts_of(ReductionKind(reduction.kind), reduction.years)}
    if key not in known:
        raise NotAllowed("Tindakan itu tidak dikenal dalam penyusutan ini.")
    return known[key]


def _check_open(reduction: Reduction) -> None:
    if reduction.state != ReductionState.OPEN:
        raise NotAllowed(f"Daftar {reduction.number} sudah {reduction.get_state_display().lower()}.")


def _record(reduction: Reduction, actor: Employee, role: str, verb: str, after: Mapping[str, object]) -> None:
    subject = f"reduction:{reduction.pk}"
    record(stream=f"archive:{reduction.agency_id}", verb=verb, by=actor.by(role), subject=subject, after=after)
