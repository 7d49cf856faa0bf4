"""How an office signs each kind of document: one write, audited, and what is asked of it."""

from django.conf import settings
from django.db import transaction

from takar.audit.actions import record
from takar.common.errors import InvalidInput, Problem
from takar.documents.enums import DocumentKind, SignatureMethod
from takar.documents.models import SigningChoice
from takar.documents.signing.providers import CHOICES
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import check_can_manage_office

USUAL = SignatureMethod.INTERNAL


def chosen_method(agency: Agency, kind: DocumentKind) -> SignatureMethod:
    """How documents of this kind are signed from now on; those already issued keep theirs."""
    found = SigningChoice.objects.filter(agency=agency, kind=kind).values_list("method", flat=True).first()
    return SignatureMethod(found) if found else USUAL


def choose_method(*, actor: Employee, agency: Agency, kind: str, method: str) -> SigningChoice | None:
    """Set how a kind of document is signed; None if it is so already."""
    check_can_manage_office(actor, agency)
    if kind not in DocumentKind.values or method not in CHOICES:
        raise InvalidInput("Cara tanda tangan belum diubah.", [Problem("Cara", "Pilih satu dari daftar.")])
    if method == SignatureMethod.BSRE and not (settings.BSRE_URL and settings.BSRE_ROOTS):
        told = "Layanan BSrE belum disetel; mintalah pengelola sistem mengisi TAKAR_BSRE_URL dan TAKAR_BSRE_ROOTS."
        raise InvalidInput("Cara tanda tangan belum diubah.", [Problem("Cara", told)])
    with transaction.atomic():
        before = chosen_method(agency, DocumentKind(kind))
        if before == method:
            return None
        values = {"method": method}
        chosen, _ = SigningChoice.objects.update_or_create(agency=agency, kind=kind, defaults=values)
        record(
            stream=f"agency:{agency.pk}",
            verb="signing.chosen",
            by=actor.by("pengelola"),
            subject=f"kind:{kind}",
            before={"method": before.value},
            after=values,
        )
    return chosen
