"""The register of copies: numbered at step 6 or later, handed over, received, and called back when they are void."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass

from django.db import transaction

from takar.common import clock, words
from takar.common.errors import AlreadyDone, DomainError, InvalidInput, NotAllowed, Problem
from takar.documents.actions import record_on
from takar.documents.duplicates import Marks, duplicate
from takar.documents.enums import CopyEventKind, CopyForm, SignatureMethod
from takar.documents.forms.qr import qr
from takar.documents.models import Copy, CopyEvent, Document
from takar.documents.policies import check_can_keep_copies
from takar.documents.registers import RECORDED_AFTER, copy_state
from takar.documents.signatures import check_address, method_of
from takar.files.models import StoredFile
from takar.files.queries import read
from takar.notices.actions import tell
from takar.notices.enums import NoticeKind, Place
from takar.notices.types import Message
from takar.organisation.models import Employee

MOST_COPIES = 50
LONGEST_RECIPIENT = LONGEST_GROUND = LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class CopyData:
    """One copy to be made; without a date it is numbered now and handed over later."""

    recipient: str
    form: str
    handed_over_on: dt.date | None = None
    ground: str = ""
    person: Employee | None = None


def record_copies(*, actor: Employee, acting_as: str, document: Document, copies: Sequence[CopyData]) -> list[Copy]:
    """Number the copies in the order given. Who may is decided by the step of the procedure; see casework."""
    _check(copies)
    last = document.copies.order_by("-number").first()
    made = Copy.objects.bulk_create(
        Copy(
            document=document,
            number=number,
            recipient=copy.recipient.strip(),
            person=copy.person,
            ground=copy.ground.strip(),
            form=copy.form,
            handed_over_on=copy.handed_over_on,
            recorded_by=actor,
            recorded_at=clock.now(),
        )
        for number, copy in enumerate(copies, start=(last.number if last else 0) + 1)
    )
    after = {"copies": [{"number": c.number, "for": c.recipient, "on": c.handed_over_on} for c in made]}
    record_on(document, actor, acting_as, "document.copied", after)
    if delivered := [copy for copy in made if copy.person and copy.form == CopyForm.ELECTRONIC]:
        tell(_delivery(document, copy, copy.person) for copy in delivered if copy.person)
    return made


def _delivery(document: Document, copy: Copy, person: Employee) -> Message:
    text = f"Salinan {copy.number} dari {document.number} untuk Anda. Buka, lalu tekan “Saya terima”."
    return Message(person, f"copy:{copy.pk}", NoticeKind.ARCHIVE, text, Place.COPIES)


def add_copy(*, actor: Employee, document: Document, copy: CopyData) -> Copy:
    """One more copy, whenever somebody has a ground to ask for it."""
    role = check_can_keep_copies(actor, document.agency)
    with transaction.atomic():
        document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
        if document.superseded_by is not None:
            raise NotAllowed(
                f"Dokumen {document.number} sudah digantikan oleh {document.superseded_by.number}; "
                "gandakan dokumen yang berlaku."
            )
        if not copy.ground.strip():
            raise InvalidInput(
                "Salinan belum dicatat.", [Problem("Dasar", "Isi atas dasar apa salinan ini diberikan.")]
            )
        return record_copies(actor=actor, acting_as=role, document=document, copies=[copy])[0]


def record_copy_event(
    *, actor: Employee, copy: Copy, kind: CopyEventKind, on: dt.date | None = None, note: str = ""
) -> CopyEvent:
    """Hand over, note the receipt, take back, declare lost: by the desk, with the true day."""
    role = check_can_keep_copies(actor, copy.document.agency)
    with transaction.atomic():
        return _add_event(actor, role, copy, _Happening(kind, on or clock.today(), note.strip()))


def confirm_receipt(*, actor: Employee, copy: Copy) -> CopyEvent:
    """The recipient says so himself: the read receipt of a copy that was delivered inside the program."""
    if copy.person_id != actor.pk:
        raise NotAllowed("Tanda terima diberikan oleh penerima salinan itu sendiri.")
    with transaction.atomic():
        return _add_event(actor, "penerima", copy, _Happening(CopyEventKind.RECEIVED, clock.today()))


def print_copy(document: Document, copy: Copy) -> bytes:
    """The signed document's own pages, each naming itself a copy, with the copy's number and code."""
    if document.destroyed_at is not None:
        raise DomainError(f"Isi dokumen {document.number} sudah dimusnahkan {words.date(document.destroyed_at)}.")
    return _printed(document.final_file, copy, _void(document))


def editions_of(copy: Copy) -> Iterator[bytes]:
    """The copy as it is made today, then as it was made before a later signature or while its document held."""
    document = copy.document
    latest = document.final_file
    signed = [one.file for one in document.signatures.select_related("file").order_by("-pk") if one.file]
    files = [latest, *(file for file in signed if file.pk != latest.pk)]
    with suppress(DomainError):
        for void in dict.fromkeys((_void(document), "")):
            for file in files:
                yield _printed(file, copy, void)


def _void(document: Document) -> str:
    successor = document.superseded_by
    return f"TIDAK BERLAKU LAGI, digantikan oleh {successor.number}" if successor else ""


def _printed(signed: StoredFile, copy: Copy, void: str) -> bytes:
    document = copy.document
    marks = Marks(
        title=f"Salinan nomor {copy.number} dari dokumen {document.number}",
        document=document.number,
        digest=signed.sha256,
        copy={
            "number": str(copy.number),
            "for": copy.recipient,
            "key": copy.key,
            "qr": qr(check_address(copy.key)),
            "void": void,
        },
        created=copy.recorded_at.replace(microsecond=0).isoformat(),
    )
    scanned = method_of(document) is SignatureMethod.INK and signed.pk != document.file_id
    return duplicate(read(signed), signed.media_type, marks, scanned=scanned)


@dataclass(frozen=True, slots=True)
class _Happening:
    kind: CopyEventKind
    on: dt.date
    note: str = ""


def _add_event(actor: Employee, role: str, copy: Copy, what: _Happening) -> CopyEvent:
    document = Document.objects.select_for_update(of=("self",)).get(pk=copy.document_id)
    copy = Copy.objects.select_related("document__successor").prefetch_related("events__by").get(pk=copy.pk)
    _check_event(copy, what)
    event = CopyEvent.objects.create(copy=copy, by=actor, recorded_at=clock.now(), **asdict(what))
    after = {"number": copy.number, "for": copy.recipient, **asdict(what)}
    record_on(document, actor, role, "copy.recorded", after)
    return event


def _check_event(copy: Copy, what: _Happening) -> None:
    kind = what.kind
    known = next((event for event in copy.events.all() if event.kind == kind), None)
    if known is not None:
        raise AlreadyDone(
            f"Salinan {copy.number} sudah dicatat “{kind.label}” tanggal {words.date(known.on)} "
            f"oleh {known.by.full_name}. Tidak ada yang berubah."
        )
    state = copy_state(copy)
    if kind not in RECORDED_AFTER[state]:
        raise NotAllowed(
            f"Salinan {copy.number} keadaannya “{state.label}”, sehingga tidak dapat dicatat “{kind.label}”. "
            "Muat ulang halamannya untuk melihat keadaan terakhir."
        )
    if problems := list(_happening_problems(copy, what)):
        raise InvalidInput("Belum dicatat.", problems)


def _happening_problems(copy: Copy, what: _Happening) -> Iterator[Problem]:
    if what.on > clock.today():
        yield Problem("Tanggal", "Tanggal tidak boleh sesudah hari ini.")
    if copy.handed_over_on and what.on < copy.handed_over_on:
        yield Problem("Tanggal", f"Salinan ini diserahkan {words.date(copy.handed_over_on)}.")
    if len(what.note) > LONGEST_NOTE:
        yield Problem("Keterangan", f"Paling panjang {LONGEST_NOTE} huruf.")
    if what.kind == CopyEventKind.LOST and not what.note:
        yield Problem("Keterangan", "Tuliskan siapa yang menyatakan hilang dan bagaimana.")


def _check(copies: Sequence[CopyData]) -> None:
    problems = [
        Problem(f"Salinan {number}", message)
        for number, copy in enumerate(copies, start=1)
        for message in _problems(copy)
    ]
    if not 1 <= len(copies) <= MOST_COPIES:
        problems.append(Problem("Salinan", f"Catat paling sedikit satu dan paling banyak {MOST_COPIES} salinan."))
    if problems:
        raise InvalidInput("Penggandaan belum dicatat.", problems)


def _problems(copy: CopyData) -> list[str]:
    found = []
    if not copy.recipient.strip():
        found.append("Isi untuk siapa salinan ini.")
    if len(copy.recipient.strip()) > LONGEST_RECIPIENT:
        found.append(f"Nama penerimanya paling panjang {LONGEST_RECIPIENT} huruf.")
    if copy.handed_over_on and copy.handed_over_on > clock.today():
        found.append("Tanggal penyerahan tidak boleh sesudah hari ini.")
    if len(copy.ground.strip()) > LONGEST_GROUND:
        found.append(f"Dasarnya paling panjang {LONGEST_GROUND} huruf.")
    if copy.form not in CopyForm.values:
        found.append("Pilih bentuknya dari daftar.")
    return found
