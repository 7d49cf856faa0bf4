"""Writes: codes for accounts that are in use, with the second person where the office wants one; the person hears of each."""

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from takar.accounts.actions import issue_activation
from takar.audit.actions import record
from takar.common import clock, words
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed, Problem
from takar.common.ids import uuid7
from takar.notices.actions import warn
from takar.notices.enums import NoticeKind, Place
from takar.notices.types import Message
from takar.organisation.actions import issue_activation_codes
from takar.organisation.enums import Role
from takar.organisation.locks import one_at_a_time
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import check_can_manage_office
from takar.organisation.queries import holders_of
from takar.resets.models import ResetRequest, ResetRule
from takar.resets.policies import SECONDS, check_can_ask, check_can_confirm, check_can_lift_rule, check_can_set_rule
from takar.resets.queries import needs_second

LONGEST_REASON = 300
VALID = dt.timedelta(days=7)
WARNING = (
    "Dengan kode itu kata sandi Anda dapat diganti. Bila bukan Anda yang memintanya, sampaikan segera kepada Kepala."
)


@transaction.atomic
def issue_codes(*, actor: Employee, employees: Sequence[Employee]) -> list[tuple[Employee, str]]:
    """Codes at once: for whoever has no password yet, and for others where the office asks for no second person."""
    for employee in employees:
        check_can_manage_office(actor, employee.agency)
    one_at_a_time(actor.agency)
    in_use = [employee for employee in employees if employee.user.has_usable_password()]
    if in_use and needs_second(actor.agency):
        raise NotAllowed(
            f"Tidak ada kode yang dibuat: kantor ini meminta orang kedua untuk akun yang sudah dipakai ({_names(in_use)}). "
            "Mintalah kodenya di halaman akun pegawai itu; orang lain menyetujuinya di Kantor, Reset kata sandi."
        )
    issued = issue_activation_codes(actor=actor, employees=employees)
    _tell(in_use, f"{actor.full_name} membuat kode aktivasi baru untuk akun Anda", but=actor)
    return issued


@transaction.atomic
def ask_reset(*, actor: Employee, person: Employee, reason: str) -> ResetRequest:
    """Ask for a new code for an account that is in use; somebody else is to agree within a week."""
    check_can_ask(actor, person)
    one_at_a_time(person.agency)
    if not needs_second(person.agency) or not person.user.has_usable_password():
        raise NotAllowed("Untuk akun ini tidak perlu orang kedua: buatlah kodenya langsung di halaman Kantor.")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        told = Problem("Alasan", f"Wajib diisi, paling panjang {LONGEST_REASON} huruf.")
        raise InvalidInput("Kode belum diminta.", [told])
    now = clock.now()
    waiting = ResetRequest.objects.filter(person=person, decided_at__isnull=True)
    waiting.filter(asked_at__lte=now - VALID).update(granted=False, decided_by=actor, decided_at=now)
    if waiting.exists():
        raise AlreadyDone(f"Kode baru untuk {person.full_name} sudah diminta dan menunggu orang kedua.")
    made = ResetRequest.objects.create(
        agency=person.agency, person=person, reason=reason.strip(), asked_by=actor, asked_at=now
    )
    _record(made, actor, "account.reset_asked")
    _tell([person], f"{actor.full_name} meminta kode aktivasi baru untuk akun Anda; orang kedua belum menyetujuinya")
    text = (
        f"{actor.full_name} meminta kode baru untuk akun {person.full_name}: pastikan kepada pemiliknya, lalu putuskan."
    )
    others = {one.pk: one for role in sorted(SECONDS) for one in holders_of(person.agency_id, role, clock.today())}
    _warn([one for one in others.values() if one.pk not in {actor.pk, person.pk}], text, Place.RESETS)
    return made


@transaction.atomic
def confirm_reset(*, actor: Employee, request_id: UUID) -> tuple[Employee, str]:
    """The second person agrees and gets the code, to hand it to the owner of the account."""
    found = _locked(actor, request_id)
    check_can_confirm(actor, found.person)
    if found.asked_by_id == actor.pk:
        raise NotAllowed("Yang meminta tidak dapat menyetujuinya sendiri; orang kedua harus orang lain.")
    if found.asked_at + VALID <= clock.now():
        raise NotAllowed("Permintaan ini lewat tujuh hari. Mintalah sekali lagi bila masih diperlukan.")
    _decide(found, actor, granted=True)
    code = issue_activation(user=found.person.user)
    record(
        stream=f"account:{found.person.user_id}",
        verb="account.code_issued",
        by=actor.by("orang kedua"),
        subject=f"employee:{found.person_id}",
        after={"reset": True, "asked_by": found.asked_by.full_name},
        reason=found.reason,
    )
    _tell(
        [found.person],
        f"{actor.full_name} menyetujui permintaan {found.asked_by.full_name}: kode aktivasi baru untuk akun Anda dibuat",
    )
    return found.person, code


@transaction.atomic
def refuse_reset(*, actor: Employee, request_id: UUID) -> ResetRequest:
    """Whoever may agree refuses; whoever asked takes it back."""
    found = _locked(actor, request_id)
    check_can_confirm(actor, found.person)
    _decide(found, actor, granted=False)
    _record(found, actor, "account.reset_refused")
    return found


@transaction.atomic
def set_rule(*, actor: Employee, agency: Agency, second_person: bool) -> None:
    """Whether a reset needs a second person; only the head of the office does without again."""
    (check_can_set_rule if second_person else check_can_lift_rule)(actor, agency)
    one_at_a_time(agency)
    if needs_second(agency) == second_person:
        raise AlreadyDone("Aturan itu sudah berlaku. Tidak ada yang berubah.")
    if second_person and len(_seconds(agency)) < 2:  # noqa: PLR2004 -- who asks, and who agrees
        raise NotAllowed(
            "Belum ada orang kedua: paling sedikit dua orang harus menjadi Kepala, Kasubbag, atau Administrator di Takar."
        )
    ResetRule.objects.update_or_create(agency=agency, defaults={"second_person": second_person})
    record(
        stream=f"agency:{agency.pk}",
        verb="agency.reset_rule_set",
        by=actor.by("pengelola"),
        before={"second_person": not second_person},
        after={"second_person": second_person},
    )


def _seconds(agency: Agency) -> set[UUID]:
    return {one.pk for role in Role if role in SECONDS for one in holders_of(agency.pk, role, clock.today())}


def _locked(actor: Employee, request_id: UUID) -> ResetRequest:
    rows = ResetRequest.objects.select_for_update(of=("self",)).select_related(
        "person__user", "person__agency", "asked_by"
    )
    found = rows.filter(pk=request_id, agency=actor.agency_id).first()
    if found is None:
        raise NotAllowed("Permintaan itu tidak ditemukan. Buka kembali daftarnya.")
    if found.decided_at is not None:
        raise AlreadyDone(
            f"Permintaan ini sudah diputus pada {words.moment(found.decided_at)}. Tidak ada yang berubah."
        )
    return found


def _decide(found: ResetRequest, actor: Employee, *, granted: bool) -> None:
    found.granted, found.decided_by, found.decided_at = granted, actor, clock.now()
    found.save(update_fields=["granted", "decided_by", "decided_at"])


def _record(made: ResetRequest, actor: Employee, verb: str) -> None:
    stream, subject = f"account:{made.person.user_id}", f"employee:{made.person_id}"
    record(stream=stream, verb=verb, by=actor.by("pengelola"), subject=subject, reason=made.reason)


def _tell(people: Collection[Employee], happened: str, but: Employee | None = None) -> None:
    told = [person for person in people if but is None or person.pk != but.pk]
    _warn(told, f"{happened} pada {words.moment(clock.now())}. {WARNING}", Place.ACCOUNT)


def _warn(people: Collection[Employee], text: str, place: Place) -> None:
    warn([Message(person, f"account:{uuid7()}", NoticeKind.ACCOUNT, text, place) for person in people])


def _names(people: Sequence[Employee]) -> str:
    most = 3
    named = ", ".join(person.full_name for person in people[:most])
    return f"{named}, dan {len(people) - most} lagi" if len(people) > most else named
