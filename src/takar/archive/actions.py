"""Putting documents into the archive."""

from takar.archive.fulltext import words_of
from takar.archive.models import Box, Deposit, Shelf, Words
from takar.archive.queries import check_code_known
from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.documents.models import Document
from takar.organisation.models import Agency, Employee

LONGEST = {"Kode klasifikasi": 20, "Box file": 40, "Rak": 40}


def deposit_document(
    *, actor: Employee, acting_as: str, document: Document, classification: str, box_code: str, shelf: str
) -> Deposit:
    """Put the document into its box; a box that is not there yet is set up on the shelf named."""
    given = {"Kode klasifikasi": classification.strip(), "Box file": box_code.strip(), "Rak": shelf.strip()}
    check_places("Dokumen belum diarsipkan.", given)
    check_code_known(document.agency_id, given["Kode klasifikasi"], "Dokumen belum diarsipkan.")
    box = box_on_shelf(document.agency, given["Box file"], given["Rak"])
    deposit = Deposit.objects.create(
        agency_id=document.agency_id,
        document=document,
        file=document.final_file,
        subject=document.subject,
        box=box,
        classification=given["Kode klasifikasi"],
        kind=document.kind,
        number=document.number,
        name=document.subject.full_name,
        nip=document.subject.nip or "",
        year=document.year,
        closed_on=clock.today(),
        archived_at=clock.now(),
        archived_by=actor,
    )
    index_words(deposit, document.data, document.get_kind_display())
    record(
        stream=f"case:{document.case_key}",
        verb="document.archived",
        by=actor.by(acting_as),
        subject=f"document:{document.pk}",
        after={"classification": deposit.classification, "box": box.code, "shelf": box.shelf.code},
    )
    return deposit


def index_words(deposit: Deposit, *texts: object) -> None:
    """Every word of it can be found from the end of this transaction on."""
    body = words_of(deposit.number, deposit.name, deposit.nip, deposit.year, *texts)
    Words.objects.create(deposit=deposit, body=body)


def box_on_shelf(agency: Agency, code: str, shelf_code: str) -> Box:
    """The box of this code, set up if it is new; it cannot stand on two shelves."""
    box = Box.objects.select_related("shelf").filter(agency=agency, code=code).first()
    if box is None:
        shelf, _ = Shelf.objects.get_or_create(agency=agency, code=shelf_code)
        box, _ = Box.objects.select_related("shelf").get_or_create(agency=agency, code=code, defaults={"shelf": shelf})
    if box.shelf.code != shelf_code:
        text = (
            f"Box {box.code} tercatat di rak {box.shelf.code}; samakan raknya, pindahkan box itu di Arsip › Box dan rak, "
            "atau pakai box lain."
        )
        raise InvalidInput("Dokumen belum diarsipkan.", [Problem("Rak", text)])
    return box


def check_places(message: str, given: dict[str, str]) -> None:
    """Every field filled, none too long."""
    problems = [Problem(field, "Wajib diisi.") for field, value in given.items() if not value]
    problems += [
        Problem(field, f"Paling panjang {LONGEST[field]} huruf.")
        for field, value in given.items()
        if len(value) > LONGEST[field]
    ]
    if problems:
        raise InvalidInput(message, problems)
