"""Writes on signatures: who may sign is decided by the step of the procedure; see casework.

A document says since its issue how it is signed. Signatures go one after the other into the same PDF, each as an
addition that leaves the earlier ones valid; a document from before that gets a second printing with their words.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from takar.accounts.actions import confirm_password
from takar.accounts.second_factor import confirm_second_factor
from takar.audit.actions import record
from takar.audit.context import current
from takar.common import clock, words
from takar.common.addresses import absolute
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.documents.editions import file_name, form_of, pictured, print_edition, signatures_of
from takar.documents.enums import SignatureMethod, SignedAs
from takar.documents.forms.render import SignatureBox, signature_boxes
from takar.documents.models import Document, Signature
from takar.documents.signing.ink import media_type_of_scan
from takar.documents.signing.pen import Pen, Scan
from takar.documents.signing.types import Order
from takar.files.actions import store
from takar.files.models import StoredFile
from takar.files.queries import read
from takar.organisation.models import Employee

NOON = dt.time(12)
NOT_THIS = "Dokumen yang ditampilkan bukan dokumen yang berlaku. Buka kembali dokumennya, lalu tanda tangani."


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs, as what, and in whose stead."""

    person: Employee
    signed_as: SignedAs
    capacity: str = ""


def confirm_signer(*, actor: Employee, password: str, code: str = "") -> None:
    """Ask for the password again, and the second factor of whoever has one.

    To be called before the act's transaction, so that wrong tries stay counted.
    """
    confirm_password(user=actor.user, password=password)
    confirm_second_factor(user=actor.user, code=code)


def sign_document(
    *,
    actor: Employee,
    acting_as: str,
    document: Document,
    signed_as: SignedAs,
    seen_sha256: str,
    capacity: str = "",
    pen: Pen | None = None,
) -> Signature:
    """Put the person's signature to exactly the content that was shown; the password was asked for before.

    `capacity` is printed above the name of who signs in another's stead: "Plt. Kepala Bidang A".
    """
    before = _seen(document, seen_sha256)
    method = method_of(document)
    pen, signer = pen or Pen(), Signer(actor, signed_as, capacity)
    shown = {"sha256": seen_sha256, "opened_at": pen.opened.get(seen_sha256, "")}
    if method is SignatureMethod.PASSWORD:
        evidence = {"shown": shown}
        return _keep(document, signer, acting_as, method=method, at=clock.now(), file=None, evidence=evidence)
    pdf = read(before)
    signed = pen.sign(pdf, _order(document, signer, pen.at), method)
    if not signed.pdf.startswith(pdf):
        raise NotAllowed(
            "Tanda tangan tidak diterima karena isi dokumennya ikut berubah. Dokumen belum ditandatangani."
        )
    file = store(signed.pdf, name=file_name(document.number), media_type="application/pdf")
    evidence = {**signed.evidence, "shown": shown}
    return _keep(document, signer, acting_as, method=signed.method, at=signed.at, file=file, evidence=evidence)


def sign_on_paper(
    *, actor: Employee, acting_as: str, document: Document, signers: Sequence[Signer], scan: Scan | None
) -> list[Signature]:
    """Keep the scan of the signed paper: for each party the true day of signing, apart from the day of this entry."""
    problems = list(_scan_problems(document, signers, scan))
    if problems or scan is None:
        raise InvalidInput("Pindaian belum diterima, sehingga langkahnya tetap terbuka.", problems)
    _check_in_force(document)
    media_type = media_type_of_scan(scan.name, scan.content)
    file = store(scan.content, name=scan.name, media_type=media_type)
    shown = {"sha256": document.file.sha256, "opened_at": ""}
    evidence = {
        "scan": file.sha256,
        "recorded_at": clock.now().isoformat(),
        "recorded_by": actor.full_name,
        "shown": shown,
    }
    return [
        _keep(
            document,
            signer,
            acting_as,
            method=SignatureMethod.INK,
            at=_moment(scan.signed_on[signer.signed_as.value]),
            file=file,
            evidence=evidence,
            entered_by=actor,
        )
        for signer in signers
    ]


def close_signing(*, document: Document) -> Document:
    """After the last signature that the step waits for: this edition is what is copied and archived."""
    if method_of(document) is SignatureMethod.PASSWORD:
        content = {**document.data, "edition": "bertanda tangan", "digest": document.file.sha256}
        content["signatures"] = signatures_of(document)
        document.signed_file = print_edition(content, document.number)
    else:
        document.signed_file = document.final_file
    document.save(update_fields=["signed_file"])
    return document


def method_of(document: Document) -> SignatureMethod:
    """How the document is signed, as was settled when it was issued."""
    return SignatureMethod(document.data.get("signing", {}).get("method", SignatureMethod.PASSWORD.value))


def expected_signers(document: Document) -> list[str]:
    """The roles that were to sign, in their order, as was settled when it was issued."""
    return list(document.data.get("signing", {}).get("signers", ()))


def check_address(key: str) -> str:
    """What the QR code of a document leads to."""
    return absolute(f"/periksa/{key}/")


def boxes_of(document: Document, signed_as: SignedAs) -> tuple[SignatureBox | None, list[SignatureBox]]:
    """Where the role signs, and where else its stamp is repeated."""
    mine = [
        box for box in signature_boxes(form_of(document.data), pictured(document.data)) if box.role == signed_as.value
    ]
    main = next((box for box in mine if box.main), None)
    return main, [box for box in mine if not box.main]


def _seen(document: Document, seen_sha256: str) -> StoredFile:
    """The edition that the next signature is put into; NotAllowed if something else was shown."""
    _check_in_force(document)
    latest = document.final_file
    if seen_sha256 not in {document.file.sha256, latest.sha256}:
        raise NotAllowed(NOT_THIS)
    return latest


def _check_in_force(document: Document) -> None:
    if hasattr(document, "withdrawal"):
        at = words.moment(document.withdrawal.at)
        raise NotAllowed(f"Dokumen {document.number} sudah ditarik pada {at}, sehingga tidak dapat ditandatangani.")
    if document.superseded_by is not None:
        raise NotAllowed(f"Dokumen {document.number} sudah digantikan oleh {document.superseded_by.number}.")


def _order(document: Document, signer: Signer, at: dt.datetime) -> Order:
    main, others = boxes_of(document, signer.signed_as)
    first = not document.signatures.exists()
    return Order(
        signer=signer.person,
        agency=document.agency,
        signed_as=signer.signed_as,
        number=document.number,
        at=at.replace(microsecond=0),
        address=check_address(document.key or ""),
        check_word=document.check_word,
        capacity=signer.capacity,
        box=main,
        repeats=others if first else (),
    )


def _keep(
    document: Document,
    signer: Signer,
    acting_as: str,
    *,
    method: SignatureMethod,
    at: dt.datetime,
    file: StoredFile | None,
    evidence: Mapping[str, Any],
    entered_by: Employee | None = None,
) -> Signature:
    shown = evidence["shown"]["sha256"]
    origin = current()
    signature = Signature.objects.create(
        document=document,
        signer=signer.person,
        signed_as=signer.signed_as,
        name=signer.person.full_name,
        capacity=signer.capacity or None,
        method=method,
        sha256=shown,
        signed_at=at,
        file=file,
        evidence={**evidence, "acting_as": acting_as, "address": origin.address, "channel": str(origin.channel)},
    )
    after = {"as": signer.signed_as.value, "sha256": shown, "method": method.value, **_told(file, evidence)}
    by = (entered_by or signer.person).by(acting_as)
    record(
        stream=f"case:{document.case_key}",
        verb="document.signed",
        by=by,
        subject=f"document:{document.pk}",
        after=after,
    )
    return signature


def _told(file: StoredFile | None, evidence: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"result": file.sha256} if file else {}
    if "certificate" in evidence:
        told["certificate"] = evidence["certificate"]["fingerprint"]
    return told


def _scan_problems(document: Document, signers: Sequence[Signer], scan: Scan | None) -> list[Problem]:
    if scan is None:
        told = "Cetak naskahnya, tanda tangani dengan pena, lalu unggah pindaiannya (PDF, JPG, atau PNG)."
        return [Problem("Pindaian", told)]
    problems, issued, today = [], clock.office_date(document.issued_at), clock.today()
    for signer in signers:
        label, day = (
            f"Tanggal tanda tangan {signer.signed_as.label.lower()}",
            scan.signed_on.get(signer.signed_as.value),
        )
        if day is None:
            problems.append(Problem(label, "Wajib diisi: hari penandatanganan di atas kertas."))
        elif day > today:
            problems.append(Problem(label, "Tidak boleh sesudah hari ini."))
        elif day < issued:
            problems.append(Problem(label, f"Tidak mungkin sebelum dokumen terbit, {words.date(issued)}."))
    return problems


def _moment(day: dt.date) -> dt.datetime:
    """Now for today, noon for an earlier day."""
    return clock.now() if day == clock.today() else dt.datetime.combine(day, NOON, tzinfo=clock.office_zone())
