"""Writes on documents: issue, sign, copy. Who may is decided by the step of the procedure; see casework."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from takar.accounts.actions import confirm_password
from takar.audit.actions import record
from takar.common import clock, words
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.documents.enums import DocumentKind, SignatureMethod, SignedAs
from takar.documents.forms.render import render
from takar.documents.forms.shapes import Measurement
from takar.documents.models import Copy, Document, NumberSeries, Signature
from takar.files.actions import store
from takar.files.models import StoredFile
from takar.organisation.models import Agency, Employee

CLASSIFICATION = "800.1.4.4"
MOST_COPIES = 50
LONGEST_RECIPIENT = 200


@dataclass(frozen=True, slots=True)
class CopyData:
    recipient: str
    form: str
    handed_over_on: dt.date


def next_number(agency: Agency, kind: DocumentKind, year: int) -> str:
    """The next number of the series, e.g. "800.1.4.4/0012/DPMPTSP/2025"."""
    NumberSeries.objects.get_or_create(agency=agency, kind=kind, year=year)
    series = NumberSeries.objects.select_for_update(of=("self",)).get(agency=agency, kind=kind, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{CLASSIFICATION}/{series.last:04d}/{agency.short_name}/{year}"


def issue_document(
    *,
    actor: Employee,
    acting_as: str,
    agency: Agency,
    subject: Employee,
    case_key: Any,
    year: int,
    data: Mapping[str, Any],
    replaces: Document | None = None,
) -> Document:
    """Make the PDF, freeze it under its hash, and give it its number; the one that it replaces stays as it is."""
    number = next_number(agency, DocumentKind.MEASUREMENT, year)
    content = {**data, "number": number, "signatures": [], "digest": "", "edition": "asli", "copy": None}
    document = Document.objects.create(
        agency=agency,
        kind=DocumentKind.MEASUREMENT,
        number=number,
        year=year,
        subject=subject,
        case_key=case_key,
        data=content,
        file=_print(content, number),
        issued_at=clock.now(),
        replaces=replaces,
    )
    after = {"number": number, "sha256": document.file.sha256}
    if replaces is not None:
        after["replaces"] = replaces.number
    _record(document, actor, acting_as, "document.issued", after)
    return document


def sign_document(
    *,
    actor: Employee,
    acting_as: str,
    document: Document,
    signed_as: SignedAs,
    seen_sha256: str,
    capacity: str = "",
) -> Signature:
    """Put the person's signature to exactly the content that was shown; the password was asked for before.

    `capacity` is printed above the name of who signs in another's stead: "Plt. Kepala Bidang A".
    """
    if seen_sha256 != document.file.sha256:
        raise NotAllowed(
            "Dokumen yang ditampilkan bukan dokumen yang berlaku. Buka kembali dokumennya, lalu tanda tangani."
        )
    signature = Signature.objects.create(
        document=document,
        signer=actor,
        signed_as=signed_as,
        name=actor.full_name,
        capacity=capacity or None,
        method=SignatureMethod.INTERNAL,
        sha256=document.file.sha256,
        signed_at=clock.now(),
    )
    after = {"as": signed_as.value, "sha256": signature.sha256, "method": signature.method}
    _record(document, actor, acting_as, "document.signed", after)
    return signature


def confirm_signer(*, actor: Employee, password: str) -> None:
    """Ask for the password again; to be called before the act's transaction, so that wrong tries stay counted."""
    confirm_password(user=actor.user, password=password)


def close_signing(*, document: Document) -> Document:
    """After the last signature: the same content with all signatures in their places."""
    content = {**document.data, "edition": "bertanda tangan", "digest": document.file.sha256}
    content["signatures"] = _signatures(document)
    document.signed_file = _print(content, document.number)
    document.save(update_fields=["signed_file"])
    return document


def record_copies(*, actor: Employee, acting_as: str, document: Document, copies: Sequence[CopyData]) -> list[Copy]:
    """Number the copies in the order given."""
    problems = [
        Problem(f"Salinan {number}", "Isi untuk siapa salinan ini.")
        for number, copy in enumerate(copies, start=1)
        if not copy.recipient.strip()
    ]
    problems += [
        Problem(f"Salinan {number}", f"Nama penerimanya paling panjang {LONGEST_RECIPIENT} huruf.")
        for number, copy in enumerate(copies, start=1)
        if len(copy.recipient.strip()) > LONGEST_RECIPIENT
    ]
    problems += [
        Problem(f"Salinan {number}", "Tanggal penyerahan tidak boleh sesudah hari ini.")
        for number, copy in enumerate(copies, start=1)
        if copy.handed_over_on > clock.today()
    ]
    if not 1 <= len(copies) <= MOST_COPIES:
        problems.append(Problem("Salinan", f"Catat paling sedikit satu dan paling banyak {MOST_COPIES} salinan."))
    if problems:
        raise InvalidInput("Penggandaan belum dicatat.", problems)
    first = document.copies.count() + 1
    made = Copy.objects.bulk_create(
        Copy(
            document=document,
            number=number,
            recipient=copy.recipient.strip(),
            form=copy.form,
            handed_over_on=copy.handed_over_on,
            recorded_by=actor,
            recorded_at=clock.now(),
        )
        for number, copy in enumerate(copies, start=first)
    )
    after = {"copies": [{"number": c.number, "for": c.recipient, "on": c.handed_over_on} for c in made]}
    _record(document, actor, acting_as, "document.copied", after)
    return made


def print_copy(document: Document, copy: Copy) -> bytes:
    """The signed content again, naming itself a copy."""
    content = {**document.data, "edition": "salinan", "digest": document.final_file.sha256}
    content["signatures"] = _signatures(document)
    content["copy"] = {"number": str(copy.number), "for": copy.recipient}
    return render("dokumen_pengukuran", cast(Measurement, content))


def _signatures(document: Document) -> list[dict[str, str]]:
    return [
        {
            "as": signature.signed_as,
            "name": signature.name,
            "nip": words.nip(signature.signer.nip),
            "signed_at": words.moment(signature.signed_at),
            "method": signature.get_method_display(),
            **({"role": signature.capacity} if signature.capacity else {}),
        }
        for signature in document.signatures.select_related("signer")
    ]


def _print(content: Mapping[str, Any], number: str) -> StoredFile:
    pdf = render("dokumen_pengukuran", cast(Measurement, content))
    return store(pdf, name=f"{number.replace('/', '-')}.pdf", media_type="application/pdf")


def _record(document: Document, actor: Employee, acting_as: str, verb: str, after: Mapping[str, object]) -> None:
    record(
        stream=f"case:{document.case_key}",
        verb=verb,
        by=actor.by(acting_as),
        subject=f"document:{document.pk}",
        after=after,
    )
