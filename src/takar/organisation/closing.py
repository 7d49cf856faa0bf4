"""Closing an account, and opening it again: whoever has left signs in no more, at once, in every browser and by every key."""

from django.db import transaction

from takar.accounts.models import User
from takar.accounts.sessions import end_sign_ins
from takar.audit.actions import record
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed, Problem
from takar.common.rights import Over, right
from takar.organisation.models import Employee
from takar.organisation.policies import check_can_manage_office

LONGEST_REASON = 300


@right("account.close", "Menutup atau membuka kembali akun", Over.PERSON)
def check_can_close(actor: Employee, person: Employee) -> None:
    """The keepers of the office; nobody the own account, so that somebody is left to open it again."""
    check_can_manage_office(actor, person.agency)
    if actor.pk == person.pk:
        raise NotAllowed("Akun sendiri tidak dapat ditutup sendiri. Mintalah Administrator atau Kasubbag yang lain.")


@transaction.atomic
def set_account_open(*, actor: Employee, person: Employee, is_open: bool, reason: str) -> None:
    check_can_close(actor, person)
    user = User.objects.select_for_update(of=("self",)).get(pk=person.user_id)
    if user.is_active == is_open:
        raise AlreadyDone(
            f"Akun {person.full_name} sudah {'terbuka' if is_open else 'ditutup'}. Tidak ada yang berubah."
        )
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        told = Problem("Alasan", f"Wajib diisi, paling panjang {LONGEST_REASON} huruf.")
        raise InvalidInput("Akun belum diubah.", [told])
    user.is_active = is_open
    user.save(update_fields=["is_active"])
    by, stream = actor.by("pengelola"), f"account:{user.pk}"
    if not is_open:
        end_sign_ins(user_id=user.pk, by=by)
    verb = "account.reopened" if is_open else "account.closed"
    record(stream=stream, verb=verb, by=by, subject=f"employee:{person.pk}", reason=reason.strip())
