"""The one write that takes a document back: it stays readable, and its check page says since when and why it is void."""

from uuid import UUID

from django.db import transaction

from takar.audit.actions import record
from takar.common import clock, words
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.common.rights import Over, right
from takar.documents.models import Document, Withdrawal
from takar.organisation.enums import Role
from takar.organisation.models import Employee
from takar.organisation.policies import roles_here

LONGEST_REASON = 500
OFFICES = (Role.KEPALA, Role.KASUBBAG)


@right("document.withdraw", "Menarik dokumen", Over.DOCUMENT)
def check_can_withdraw(actor: Employee, document: Document) -> Role:
    """The Kepala and the Kasubbag of the document's agency, but nobody the own document; gives as which of them."""
    held = roles_here(actor, document.agency)
    office = next((role for role in OFFICES if role in held), None)
    if office is None or document.subject_id == actor.pk:
        raise NotAllowed(
            "Dokumen hanya dapat ditarik oleh Kepala atau Kasubbag Umum dan Kepegawaian, dan tidak oleh pegawai yang "
            "dinilai sendiri. Tidak ada yang berubah."
        )
    return office


def can_withdraw(actor: Employee, document: Document) -> bool:
    try:
        check_can_withdraw(actor, document)
    except NotAllowed:
        return False
    return not hasattr(document, "withdrawal")


def withdraw_document(*, actor: Employee, document_id: UUID, reason: str) -> Withdrawal:
    with transaction.atomic():
        Document.objects.select_for_update(of=("self",)).get(pk=document_id)
        document = Document.objects.select_related("agency", "withdrawal").get(pk=document_id)
        office = check_can_withdraw(actor, document)
        if hasattr(document, "withdrawal"):
            at = words.moment(document.withdrawal.at)
            raise NotAllowed(f"Dokumen {document.number} sudah ditarik pada {at}. Tidak ada yang berubah.")
        if not 0 < len(reason.strip()) <= LONGEST_REASON:
            told = Problem("Alasan", f"Wajib diisi, paling panjang {LONGEST_REASON} huruf.")
            raise InvalidInput("Dokumen belum ditarik.", [told])
        made = Withdrawal.objects.create(
            document=document, at=clock.now(), by=actor, acting_as=office.value, reason=reason.strip()
        )
        record(
            stream=f"case:{document.case_key}",
            verb="document.withdrawn",
            by=actor.by(office.value),
            subject=f"document:{document.pk}",
            after={"number": document.number},
            reason=made.reason,
        )
    return made
