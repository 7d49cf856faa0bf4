"""Writes on notices: tell people once, let them read, and let each choose what reaches him and how."""

import hashlib
import secrets
from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.crypto import constant_time_compare

from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.notices.enums import NoticeKind, Rhythm
from takar.notices.models import Letter, Notice, Preference
from takar.notices.types import Message
from takar.organisation.models import Employee

CODE_DIGITS, MOST_TRIES = 8, 5
CODE_VALID = timedelta(hours=24)
KEPT = timedelta(days=180)


@transaction.atomic
def tell(messages: Iterable[Message]) -> int:
    """Give each person what he or she wants to be told; what somebody was told before is not told again."""
    wanted = list(messages)
    chosen = {row.person_id: row for row in Preference.objects.filter(person__in={m.person for m in wanted})}
    rows = [row for message in wanted if (row := _notice(message, chosen.get(message.person.pk)))]
    before = Notice.objects.filter(key__in={row.key for row in rows}, person__in={row.person_id for row in rows})
    known = set(before.values_list("person_id", "key"))
    fresh = [row for row in rows if (row.person_id, row.key) not in known]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
    return len(fresh)


@transaction.atomic
def warn(messages: Collection[Message]) -> None:
    """What concerns somebody's account: shown whatever was chosen, and mailed in a letter of its own, at any hour."""
    people = {message.person.pk for message in messages}
    chosen = Preference.objects.filter(person__in=people).exclude(address="") if settings.EMAIL_HOST else ()
    addresses = {row.person_id: row.address for row in chosen}
    now, letters, rows = clock.now(), list[Letter](), list[Notice]()
    for message in messages:
        address, identifier = addresses.get(message.person.pk), secrets.token_hex(16)
        letter = Letter(
            person=message.person,
            slot=f"akun-{identifier[:24]}",
            address=address or "",
            subject="Takar: akun Anda",
            body=f"Yth. {message.person.full_name},\n\n{message.text}\n\nTakar, {settings.ADDRESS}\n",
            message_id=message_id(identifier),
            created_at=now,
        )
        letters += [letter] if address else []
        rows.append(
            Notice(
                agency_id=message.person.agency_id,
                person=message.person,
                key=message.key[:160],
                kind=message.kind,
                text=message.text,
                place=message.place,
                created_at=now,
                shown=True,
                mailed=bool(address),
                letter=letter if address else None,
            )
        )
    Letter.objects.bulk_create(letters, batch_size=500)
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


@transaction.atomic
def mark_read(*, actor: Employee, notice_ids: Collection[UUID] | None) -> int:
    """The actor has read these; all of them without a choice."""
    unread = Notice.objects.filter(person=actor, shown=True, read_at__isnull=True)
    if notice_ids is not None:
        unread = unread.filter(pk__in=notice_ids)
    read = unread.update(read_at=clock.now())
    if read:
        _record(actor, "notice.read", {"count": read})
    return read


@transaction.atomic
def settle(*, case_key: UUID, step: int) -> int:
    """A step is over: what was told of it alone asks nothing of anybody any more, and is mailed to nobody."""
    told = Notice.objects.filter(case_key=case_key, step=step)
    told.filter(mailed=True, letter__isnull=True).update(mailed=False)
    return told.filter(read_at__isnull=True).update(read_at=clock.now())


@transaction.atomic
def choose(*, actor: Employee, shown: Collection[str], mailed: Collection[str], rhythm: str) -> Preference:
    """What reaches the actor, in the program and by e-mail, and when letters come."""
    preference = _own(actor)
    if rhythm not in Rhythm.values:
        raise InvalidInput("Pengaturan belum disimpan.", [Problem("Surel datang", "Pilih salah satu.")])
    preference.shown = [kind for kind in NoticeKind.values if kind in shown]
    preference.mailed = [kind for kind in NoticeKind.values if kind in mailed]
    preference.rhythm = rhythm
    preference.save(update_fields=["shown", "mailed", "rhythm"])
    _record(actor, "notice.chosen", {"shown": preference.shown, "mailed": preference.mailed, "rhythm": rhythm})
    return preference


@transaction.atomic
def ask_address(*, actor: Employee, address: str) -> None:
    """Send a code to an address that the actor gives; letters go there only once it came back. Empty: no more letters."""
    preference, text = _own(actor), address.strip()
    if not text:
        preference.address = preference.asked_address = preference.digest = ""
        preference.save(update_fields=["address", "asked_address", "digest"])
        _record(actor, "notice.address_dropped")
        return
    _check_address(text)
    now = clock.now()
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    preference.asked_address, preference.digest = text, _digest(code)
    preference.asked_at, preference.tries = now, 0
    preference.save(update_fields=["asked_address", "digest", "asked_at", "tries"])
    _record(actor, "notice.address_asked")
    identifier = secrets.token_hex(16)
    Letter.objects.create(
        person=actor,
        slot=f"kode-{identifier[:24]}",
        address=text,
        subject="Takar: kode konfirmasi alamat surel",
        body=(
            f"Kode konfirmasi Anda: {code}\n\nKetik kode ini di halaman Pengaturan pemberitahuan. Berlaku 24 jam. Bila "
            "Anda tidak memintanya, abaikan surel ini; tidak ada yang berubah.\n"
        ),
        message_id=message_id(identifier),
        created_at=now,
    )


def confirm_address(*, actor: Employee, code: str) -> None:
    """From now on letters go to the address that the code was sent to. A wrong code stays counted."""
    with transaction.atomic():
        preference, now = _own(actor), clock.now()
        known = bool(preference.digest) and preference.asked_at is not None and preference.asked_at + CODE_VALID > now
        right = known and preference.tries < MOST_TRIES
        right = right and constant_time_compare(preference.digest, _digest(code.strip()))
        if right:
            preference.address, preference.asked_address, preference.digest = preference.asked_address, "", ""
            _record(actor, "notice.address_confirmed")
        else:
            preference.tries = min(preference.tries + 1, MOST_TRIES)
        preference.save(update_fields=["address", "asked_address", "digest", "tries"])
    if not right:
        cure = "Periksa surelnya, atau minta kode baru." if known else "Minta kode baru, lalu ketik kode itu."
        raise InvalidInput(
            "Alamat belum dikonfirmasi.", [Problem("Kode", f"Kode itu salah atau sudah kedaluwarsa. {cure}")]
        )


def prune() -> int:
    """Forget what was told half a year ago."""
    old = clock.now() - KEPT
    Notice.objects.filter(created_at__lt=old).delete()
    return Letter.objects.filter(created_at__lt=old).delete()[0]


def message_id(identifier: str) -> str:
    domain = settings.MAIL_FROM.rpartition("@")[2].strip("> ") or "takar.invalid"
    return f"<{identifier}@{domain}>"


def _check_address(text: str) -> None:
    if not settings.EMAIL_HOST:
        raise InvalidInput(
            "Alamat belum disimpan.",
            [
                Problem(
                    "Alamat surel", "Program ini belum dapat mengirim surel; pengelola sistem harus mengaturnya dahulu."
                )
            ],
        )
    try:
        validate_email(text)
    except ValidationError as error:
        problem = Problem("Alamat surel", f"“{text[:80]}” bukan alamat surel; tulislah misalnya nama@contoh.go.id.")
        raise InvalidInput("Alamat belum disimpan.", [problem]) from error


def _own(actor: Employee) -> Preference:
    Preference.objects.get_or_create(person=actor, defaults={"shown": NoticeKind.values, "mailed": NoticeKind.values})
    return Preference.objects.select_for_update(of=("self",)).get(person=actor)


def _notice(message: Message, preference: Preference | None) -> Notice | None:
    """None where the person wants to hear of it in no way."""
    shown = preference is None or message.kind in preference.shown
    mailed = preference is not None and bool(preference.address) and message.kind in preference.mailed
    if not shown and not mailed:
        return None
    return Notice(
        agency_id=message.person.agency_id,
        person=message.person,
        key=message.key[:160],
        kind=message.kind,
        text=message.text,
        place=message.place,
        case_key=message.case_key,
        step=message.step,
        created_at=clock.now(),
        shown=shown,
        mailed=mailed,
    )


def _record(actor: Employee, verb: str, after: object = None) -> None:
    """That the address changed, never the address itself; how many were read, in one event."""
    record(stream=f"employee:{actor.pk}", verb=verb, by=actor.by("pegawai"), subject=actor.full_name, after=after)


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
