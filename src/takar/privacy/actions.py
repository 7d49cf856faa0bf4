"""Writes: a request to put data right, and its answer; a copy of all that is kept."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from takar.audit.actions import record
from takar.common import clock, words
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed, Problem
from takar.common.rights import Over, right
from takar.jobs.actions import enqueue
from takar.jobs.models import Job
from takar.notices.actions import tell
from takar.notices.enums import NoticeKind, Place
from takar.notices.types import Message
from takar.organisation.enums import Role
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import roles_here
from takar.organisation.queries import holders_of
from takar.privacy.export import KIND
from takar.privacy.models import Correction

# UU 27/2022 Pasal 30 ayat (1): 3 x 24 hours from the request, whatever days they are.
TERM = dt.timedelta(hours=72)
LONGEST_WHAT, LONGEST_TEXT, MOST_OPEN = 120, 2000, 10
READERS = frozenset({Role.KASUBBAG, Role.ADMIN, Role.KEPALA})


@right("privacy.decide", "Menjawab permintaan perbaikan data", Over.OFFICE)
def check_can_decide(actor: Employee, agency: Agency) -> None:
    if Role.KASUBBAG not in roles_here(actor, agency):
        raise NotAllowed("Permintaan perbaikan data dijawab oleh Kasubbag Umum dan Kepegawaian.")


@right("privacy.record", "Membaca catatan pemrosesan dan permintaan perbaikan data", Over.OFFICE)
def check_can_read_record(reader: Employee, agency: Agency) -> None:
    if not roles_here(reader, agency) & READERS:
        raise NotAllowed("Catatan pemrosesan dibaca oleh Kepala, Kasubbag Umum dan Kepegawaian, dan Administrator.")


@transaction.atomic
def ask_correction(*, actor: Employee, what: str, text: str) -> Correction:
    problems = []
    if not 0 < len(what.strip()) <= LONGEST_WHAT:
        problems.append(Problem("Data yang keliru", f"Wajib diisi, paling panjang {LONGEST_WHAT} huruf."))
    if not 0 < len(text.strip()) <= LONGEST_TEXT:
        problems.append(Problem("Yang seharusnya", f"Wajib diisi, paling panjang {LONGEST_TEXT} huruf."))
    if problems:
        raise InvalidInput("Permintaan belum dikirim.", problems)
    if Correction.objects.filter(person=actor, decided_at__isnull=True).count() >= MOST_OPEN:
        raise NotAllowed(f"Sudah ada {MOST_OPEN} permintaan Anda yang belum dijawab; tunggu jawabannya dahulu.")
    now = clock.now()
    made = Correction.objects.create(
        agency=actor.agency, person=actor, what=what.strip(), text=text.strip(), asked_at=now, due_at=now + TERM
    )
    after = {"what": made.what, "text": made.text, "due_at": made.due_at.isoformat()}
    _record(made, actor, "pegawai", "correction.asked", after)
    text = (
        f"{actor.full_name} meminta datanya diperbaiki ({made.what}); jawab paling lambat {words.moment(made.due_at)}."
    )
    desk = holders_of(actor.agency_id, Role.KASUBBAG, clock.today())
    tell(Message(one, f"correction:{made.pk}", NoticeKind.LEGAL, text, Place.REQUESTS) for one in desk)
    return made


@transaction.atomic
def decide_correction(*, actor: Employee, correction_id: UUID, granted: bool, answer: str) -> Correction:
    """The answer is the person's to read; what was wrong is put right by the pages that keep it."""
    found = (
        Correction.objects.select_for_update(of=("self",))
        .select_related("agency", "person")
        .filter(pk=correction_id)
        .first()
    )
    if found is None or found.agency_id != actor.agency_id:
        raise NotAllowed("Permintaan itu tidak ditemukan. Buka kembali daftarnya.")
    check_can_decide(actor, found.agency)
    if found.decided_at is not None:
        raise AlreadyDone(
            f"Permintaan ini sudah dijawab pada {words.moment(found.decided_at)}. Tidak ada yang berubah."
        )
    if not 0 < len(answer.strip()) <= LONGEST_TEXT:
        told = Problem("Jawaban", f"Wajib diisi, paling panjang {LONGEST_TEXT} huruf.")
        raise InvalidInput("Jawaban belum dikirim.", [told])
    found.granted, found.answer = granted, answer.strip()
    found.decided_at, found.decided_by = clock.now(), actor
    found.save(update_fields=["granted", "answer", "decided_at", "decided_by"])
    _record(found, actor, "kasubbag", "correction.decided", {"granted": granted, "answer": found.answer})
    text = f"Permintaan perbaikan data Anda ({found.what}) {'diperbaiki' if granted else 'ditolak'}: lihat jawabannya."
    tell([Message(found.person, f"correction-answer:{found.pk}", NoticeKind.LEGAL, text, Place.DATA)])
    return found


def ask_export(*, actor: Employee) -> Job:
    """A copy of all that is kept about the actor, made in the background, for the actor alone."""
    return enqueue(actor=actor, kind=KIND)


def corrections_in(agency: Agency) -> QuerySet[Correction]:
    """Those that wait first, the most urgent at the top."""
    found = Correction.objects.filter(agency=agency).select_related("person", "decided_by")
    return found.order_by(F("decided_at").desc(nulls_first=True), "due_at", "pk")


def _record(made: Correction, actor: Employee, role: str, verb: str, after: Mapping[str, object]) -> None:
    stream = f"privacy:{made.person_id}"
    record(stream=stream, verb=verb, by=actor.by(role), subject=f"employee:{made.person_id}", after=after)
