"""Keys with which a person's scripts act in that person's name: made, shown once, revoked, and recognised at the door."""

import datetime as dt
import hashlib
import secrets
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare

from takar.accounts.actions import confirm_password
from takar.accounts.models import ApiToken, TokenScope
from takar.accounts.second_factor import confirm_second_factor, has_second_factor
from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.organisation.models import Employee

MARK, LENGTH, SHOWN = "takar_", 43, 10
LONGEST_NAME, LONGEST_DAYS, MOST_TOKENS = 80, 365, 20
UNDONE = "Kunci belum dibuat"
# How often it is written down that a token is used: a GET writes nothing, and a busy script must not write each time.
NOTED_EVERY = dt.timedelta(minutes=10)


def create_token(
    *, actor: Employee, name: str, scope: str, days: int | None, password: str, code: str = ""
) -> tuple[ApiToken, str]:
    """A new key of the actor's own; the key itself is in the answer and nowhere else."""
    problems = list(_problems(name.strip(), scope, days))
    if problems:
        raise InvalidInput(f"{UNDONE}.", problems)
    confirm_password(user=actor.user, password=password, undone=UNDONE)
    if has_second_factor(actor.user):
        confirm_second_factor(user=actor.user, code=code, undone=UNDONE)
    secret, now = MARK + secrets.token_urlsafe(32), clock.now()
    with transaction.atomic():
        if _usable(actor).count() >= MOST_TOKENS:
            raise NotAllowed(
                f"{UNDONE}: paling banyak {MOST_TOKENS} kunci berlaku bersamaan. Cabut yang tidak dipakai."
            )
        token = ApiToken.objects.create(
            user=actor.user,
            name=name.strip(),
            digest=_digest(secret),
            beginning=secret[:SHOWN],
            account_hash=actor.user.get_session_auth_hash(),
            scope=scope,
            created_at=now,
            expires_at=now + dt.timedelta(days=days or LONGEST_DAYS),
        )
        _record(actor, token, "account.token_created")
    return token, secret


def _problems(name: str, scope: str, days: int | None) -> list[Problem]:
    problems = []
    if not name or len(name) > LONGEST_NAME:
        problems.append(Problem("Nama", f"Beri nama yang mengingatkan gunanya, paling panjang {LONGEST_NAME} huruf."))
    if scope not in TokenScope.values:
        problems.append(Problem("Guna", "Pilih dari daftar."))
    if days is None or not 1 <= days <= LONGEST_DAYS:
        problems.append(Problem("Berlaku", f"Isilah antara 1 dan {LONGEST_DAYS} hari."))
    return problems


def revoke_token(*, actor: Employee, token_id: UUID) -> None:
    """End one of the actor's own keys at once."""
    with transaction.atomic():
        found = ApiToken.objects.select_for_update(of=("self",)).filter(user=actor.user, pk=token_id).first()
        if found is None:
            raise NotAllowed("Kunci itu tidak ditemukan di antara kunci Anda; muat ulang halamannya.")
        if found.revoked_at is None:
            found.revoked_at = clock.now()
            found.save(update_fields=["revoked_at"])
            _record(actor, found, "account.token_revoked")


def tokens_of(person: Employee) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(user=person.user_id).select_related("user").order_by("-created_at", "pk")


def holder_of(secret: str) -> tuple[ApiToken, Employee] | None:
    """Whose key this is, if it opens the door today; one query."""
    if not secret.startswith(MARK) or len(secret) != len(MARK) + LENGTH:
        return None
    related = ("user__employee__agency",)
    valid = ApiToken.objects.filter(revoked_at__isnull=True, expires_at__gt=clock.now(), user__is_active=True)
    token = valid.select_related(*related).filter(digest=_digest(secret)).first()
    if token is None or not constant_time_compare(token.account_hash, token.user.get_session_auth_hash()):
        return None
    person: Employee | None = getattr(token.user, "employee", None)
    return (token, person) if person is not None else None


def note_use(token: ApiToken) -> None:
    """Write down that the key is used, at most every ten minutes."""
    now = clock.now()
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - NOTED_EVERY)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)


def _usable(person: Employee) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(user=person.user_id, revoked_at__isnull=True, expires_at__gt=clock.now())


def _record(actor: Employee, token: ApiToken, verb: str) -> None:
    stream = f"account:{token.user_id}"
    after = {"name": token.name, "scope": token.scope, "until": token.expires_at.isoformat()}
    record(stream=stream, verb=verb, by=actor.by("pemilik akun"), subject=stream, after=after)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
