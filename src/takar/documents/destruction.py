"""A document's content goes, after the archive's procedure has been carried out; its row stays and says so."""

from takar.common import clock
from takar.documents.models import Document, Signature
from takar.files.actions import destroy
from takar.files.models import StoredFile
from takar.organisation.models import Employee


def destroy_document(*, actor: Employee, document: Document, reference: str) -> None:
    """Every edition leaves the store and what was printed leaves the row: called by the archive alone, in its act."""
    ours = {document.file_id, document.signed_file_id, *document.signatures.values_list("file", flat=True)}
    shared = Signature.objects.exclude(document=document).filter(file__in=[key for key in ours if key])
    ours -= set(shared.order_by().values_list("file", flat=True))
    files = StoredFile.objects.filter(pk__in=[key for key in ours if key], removal=None).order_by("pk")
    destroy(list(files), reference=reference, by=actor.full_name)
    document.destroyed_at = clock.now()
    document.save(update_fields=["destroyed_at"])
    document.data = {"destroyed": reference}
    document.save(update_fields=["data"])
