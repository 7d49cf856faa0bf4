"""Writes on mandates: who acts for whom, from when to when, by which decree.

The law names what a Plt. or Plh. may do (PermenPANRB 6/2022 hlm. 89), not how a program keeps it: a mandate reaches the
steps of the SOP and the sight of their cases, never the administration of the office; see the ADR on acting officers.
"""

from collections.abc import Iterable

from django.db import transaction

from takar.audit.actions import record
from takar.common import clock, words
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed, Problem
from takar.organisation import policies
from takar.organisation.enums import MANDATED_ROLES, MandatedAct, MandateKind, PersonKind, Role, Standing
from takar.organisation.locks import one_at_a_time
from takar.organisation.models import Agency, Assignment, Employee, Mandate, RoleHolder
from takar.organisation.queries import running
from takar.organisation.types import MandateData

LONGEST_NUMBER = 100


@transaction.atomic
def give_mandate(*, actor: Employee, agency: Agency, data: MandateData) -> Mandate:
    """Record a decree; from its first day on the tasks are the holder's too, and after its last no longer."""
    office = policies.check_can_keep_mandates(actor, agency)
    if data.holder is not None and data.holder.pk == actor.pk:
        raise NotAllowed(
            "Mandat untuk diri sendiri tidak dapat dicatat sendiri, sehingga tidak ada yang berubah. "
            "Mintalah Kepala, Kasubbag, atau Administrator yang lain mencatatnya."
        )
    _refuse([*_decree(data), *_people(data, agency), *_span(data)])
    one_at_a_time(agency)
    mandate = _mandate(agency, data)
    _refuse(_overlaps(mandate))
    mandate.save(force_insert=True)
    record(
        stream=_stream(mandate), verb="mandate.given", by=actor.by(office), subject=_whose(mandate), after=_told(data)
    )
    return mandate


@transaction.atomic
def end_mandate(*, actor: Employee, mandate: Mandate, reason: str) -> Mandate:
    """Revoke at once: the holder's next act is refused. What was done under it stays."""
    office = policies.check_can_keep_mandates(actor, mandate.agency)
    current = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    today = clock.today()
    if current.ended_on is not None or current.end < today:
        raise AlreadyDone(
            f"Mandat {current.title} sudah berakhir; hari terakhirnya {words.date(current.last_day)}. "
            "Tidak ada yang berubah."
        )
    if not reason.strip():
        _refuse([Problem("Alasan", "Tulis mengapa mandat ini berakhir lebih awal.")])
    current.ended_on, current.ended_by = today, actor
    current.save(update_fields=["ended_on", "ended_by"])
    record(
        stream=_stream(current),
        verb="mandate.ended",
        by=actor.by(office),
        subject=_whose(current),
        before={"end": current.end},
        after={"ended_on": today},
        reason=reason.strip(),
    )
    return current


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise InvalidInput("Mandat belum dicatat; tidak ada yang berubah.", problems)


def _decree(data: MandateData) -> Iterable[Problem]:
    if data.kind not in MandateKind.values:
        yield Problem("Jenis", "Pilih Plt. atau Plh.")
    if not data.number.strip() or len(data.number.strip()) > LONGEST_NUMBER:
        yield Problem("Nomor surat", f"Isi nomor surat perintahnya, paling panjang {LONGEST_NUMBER} huruf.")
    if data.decreed_on is None:
        yield Problem("Tanggal surat", "Isi tanggal surat perintahnya.")
    if not data.acts or set(data.acts) - set(MandatedAct.values):
        known = ", ".join(str(act.label) for act in MandatedAct)
        yield Problem("Perbuatan", f"Pilih paling sedikit satu dari: {known}.")
    if bool(data.role) == (data.principal is not None):
        yield Problem("Yang dipegang", "Pilih satu peran, atau sebut satu pejabat yang digantikan; tidak keduanya.")
    elif data.role and data.role not in MANDATED_ROLES:
        yield Problem(
            "Yang dipegang", "Peran ini tidak dapat dimandatkan; pilih Kasubbag, Staf, Sekretaris, atau Kepala."
        )


def _people(data: MandateData, agency: Agency) -> Iterable[Problem]:
    holder, principal = data.holder, data.principal
    if holder is None:
        yield Problem("Pemegang", "Sebut pegawai yang memegang mandat ini.")
    elif not _serves(holder, agency) or holder.standing != Standing.ACTIVE:
        yield Problem("Pemegang", f"{holder.full_name} bukan pegawai aktif kantor ini; pilih pegawai yang aktif.")
    if principal is None:
        return
    if not _serves(principal, agency):
        yield Problem(
            "Pejabat yang digantikan",
            f"{principal.full_name} bukan pegawai kantor ini; penggantinya ditetapkan oleh instansinya.",
        )
    if holder is not None and holder.pk == principal.pk:
        yield Problem("Pemegang", "Pemegang mandat tidak boleh pejabat yang digantikan sendiri; pilih orang lain.")


def _serves(person: Employee, agency: Agency) -> bool:
    return person.agency_id == agency.pk and person.kind != PersonKind.OTHER


def _span(data: MandateData) -> Iterable[Problem]:
    if data.start is None or data.end is None:
        yield Problem(
            "Masa berlaku", "Isi hari pertama dan hari terakhirnya; mandat tanpa hari terakhir tidak diterima."
        )
    elif data.end < data.start:
        yield Problem("Masa berlaku", "Hari terakhir tidak boleh sebelum hari pertama.")
    elif data.end < clock.today():
        yield Problem("Masa berlaku", "Hari terakhirnya sudah lewat; mandat tidak dapat dicatat untuk masa lalu.")


def _mandate(agency: Agency, data: MandateData) -> Mandate:
    assert data.decreed_on and data.start and data.end  # noqa: S101, PT018 -- refused before
    return Mandate(
        agency=agency,
        kind=data.kind,
        role=data.role,
        principal=data.principal,
        with_roles=data.with_roles and data.principal is not None,
        post=_post(data),
        holder=data.holder,
        acts=[act for act in MandatedAct.values if act in data.acts],
        number=data.number.strip(),
        decreed_on=data.decreed_on,
        start=data.start,
        end=data.end,
    )


def _post(data: MandateData) -> str:
    """The office's name, or the principal's post when the mandate begins: what is printed after "Plt."."""
    if data.role:
        return str(Role(data.role).label)
    assert data.start is not None  # noqa: S101 -- refused before
    seats = Assignment.objects.filter(employee=data.principal, start__lte=data.end).order_by("-start", "pk")
    seat = seats.filter(running(data.start)).first() or seats.first()
    return seat.post if seat else f"tempat {data.principal}"


def _overlaps(new: Mandate) -> list[Problem]:
    """One person a day for one office or one place, so that it is never in doubt who acts."""
    others = Mandate.objects.filter(agency_id=new.agency_id, start__lte=new.end, end__gte=new.start)
    standing = others.exclude(holder_id=new.holder_id).select_related("holder", "principal").order_by("start", "pk")
    return [
        Problem(
            "Yang dipegang",
            f"{other.holder.full_name} sudah memegang mandat {other.title} dari {words.date(other.start)} sampai "
            f"{words.date(other.last_day)}. Cabut mandat itu dahulu, atau pilih hari lain.",
        )
        for other in standing
        if other.last_day >= new.start and _same(new, other)
    ]


def _same(one: Mandate, other: Mandate) -> bool:
    if one.principal_id is not None and one.principal_id == other.principal_id:
        return True
    return bool(one.role or other.role) and bool(_offices(one) & _offices(other))


def _offices(mandate: Mandate) -> frozenset[str]:
    """Every office that the mandate gives on some day; two principals who share an office are two places."""
    if mandate.role:
        return frozenset({mandate.role})
    if mandate.principal_id is None or not mandate.with_roles:
        return frozenset()
    held = RoleHolder.objects.filter(employee_id=mandate.principal_id, agency_id=mandate.agency_id)
    during = held.filter(start__lte=mandate.end).exclude(end__lt=mandate.start)
    return frozenset(during.order_by("role").values_list("role", flat=True)) & frozenset(MANDATED_ROLES)


def _stream(mandate: Mandate) -> str:
    return f"mandate:{mandate.pk}"


def _whose(mandate: Mandate) -> str:
    return f"employee:{mandate.holder_id}"


def _told(data: MandateData) -> dict[str, object]:
    """The decree as it is kept in the record, with people by their identifiers and names."""
    people = {"holder": data.holder, "principal": data.principal}
    named = {key: {"id": str(one.pk), "name": one.full_name} if one else None for key, one in people.items()}
    dates = {"decreed_on": data.decreed_on, "start": data.start, "end": data.end}
    what = {"kind": data.kind, "role": data.role, "with_roles": data.with_roles, "acts": list(data.acts)}
    return {**what, **named, **dates, "number": data.number.strip()}
