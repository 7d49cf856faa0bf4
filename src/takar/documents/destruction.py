"""A document's content goes, after the archive's procedure has been carried out; its row stays and says so."""

from collections.abc import Collection
from uuid import UUID

from takar.common import clock
from takar.documents.models import Document, Signature
from takar.files.actions import destroy
from takar.files.models import StoredFile
from takar.organisation.models import Employee


def destroy_document(*, actor: Employee, document: Document, reference: str, keep: Collection[UUID] = ()) -> None:
    """Every edition leaves the store and what was printed leaves the row: called by the archive alone, in its act.

    `keep`: contents that something else, which is not destroyed, still is.
    """
    ours = files_of(document)
    shared = Signature.objects.exclude(document=document).filter(file__in=ours)
    ours -= {*shared.order_by().values_list("file", flat=True), *keep}
    files = StoredFile.objects.filter(pk__in=ours, removal=None).order_by("pk")
    destroy(list(files), reference=reference, by=actor.full_name)
    document.destroyed_at = clock.now()
    document.save(update_fields=["destroyed_at"])
    document.data = {"destroyed": reference}
    document.save(update_fields=["data"])


def files_of(document: Document) -> set[UUID]:
    """Every edition of a document: as it was issued, with each signature, and as signed."""
    signed = document.signatures.order_by().values_list("file", flat=True)
    return {pk for pk in (document.file_id, document.signed_file_id, *signed) if pk}
