"""Writes on the archive."""

from takar.archive.models import Box, Deposit
from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.documents.models import Document
from takar.organisation.models import Employee

LONGEST = {"Kode klasifikasi": 20, "Box file": 40, "Rak": 40}


def deposit_document(
    *, actor: Employee, acting_as: str, document: Document, classification: str, box_code: str, shelf: str
) -> Deposit:
    """Put the document into its box; a box that is not there yet is set up on the shelf named."""
    given = {"Kode klasifikasi": classification.strip(), "Box file": box_code.strip(), "Rak": shelf.strip()}
    problems = [Problem(field, "Wajib diisi.") for field, value in given.items() if not value]
    problems += [
        Problem(field, f"Paling panjang {LONGEST[field]} huruf.")
        for field, value in given.items()
        if len(value) > LONGEST[field]
    ]
    if problems:
        raise InvalidInput("Dokumen belum diarsipkan.", problems)
    box, _ = Box.objects.get_or_create(
        agency_id=document.agency_id, code=given["Box file"], defaults={"shelf": given["Rak"]}
    )
    if box.shelf != given["Rak"]:
        raise InvalidInput(
            "Dokumen belum diarsipkan.",
            [Problem("Rak", f"Box {box.code} tercatat di rak {box.shelf}; samakan raknya, atau pakai box lain.")],
        )
    deposit = Deposit.objects.create(
        agency_id=document.agency_id,
        document=document,
        box=box,
        classification=given["Kode klasifikasi"],
        number=document.number,
        name=document.subject.full_name,
        nip=document.subject.nip or "",
        year=document.year,
        archived_at=clock.now(),
        archived_by=actor,
    )
    record(
        stream=f"case:{document.case_key}",
        verb="document.archived",
        by=actor.by(acting_as),
        subject=f"document:{document.pk}",
        after={"classification": deposit.classification, "box": box.code, "shelf": box.shelf},
    )
    return deposit
