"""Writes on evidence: a file added to a line, or taken away by a mark."""

from uuid import UUID

from takar.appraisal.models import Appraisal, Evidence
from takar.appraisal.regimes import Item, regime_of
from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.files.actions import store
from takar.organisation.models import Employee

# What an office scans or photographs, by the first bytes of the content; the name of a file proves nothing.
SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"PK\x03\x04", "application/zip"),
)
OFFICE_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def media_type_of(name: str, content: bytes) -> str:
    """The kind of an evidence file, judged by its content."""
    found = next((kind for start, kind in SIGNATURES if content.startswith(start)), None)
    if found == "application/zip":
        found = next((kind for ending, kind in OFFICE_TYPES.items() if name.lower().endswith(ending)), None)
    if found is None:
        raise InvalidInput(
            f"Bukti dukung “{name}” tidak dapat diterima.",
            [Problem(name, "Jenis berkasnya tidak dikenal; kirimkan sebagai PDF, JPG, PNG, XLSX atau DOCX.")],
        )
    return found


def add_evidence(
    *, actor: Employee, acting_as: str, appraisal: Appraisal, item: Item | None, name: str, content: bytes
) -> Evidence:
    media_type = media_type_of(name, content)
    file = store(content, name=name, media_type=media_type)
    added = Evidence.objects.create(
        agency_id=appraisal.agency_id,
        appraisal=appraisal,
        **{regime_of(appraisal).link: item.row if item else None},
        file=file,
        name=name[-200:],
        added_by=actor,
        added_at=clock.now(),
    )
    _record(added, actor, acting_as, "evidence.added")
    return added


def remove_evidence(*, actor: Employee, acting_as: str, appraisal: Appraisal, evidence_id: UUID) -> None:
    """The file stays in the store and in the history; the line no longer shows it."""
    found = appraisal.evidence.filter(pk=evidence_id, removed_at__isnull=True).first()
    if found is None:
        raise NotAllowed("Bukti dukung itu tidak ada lagi; muat ulang halaman ini.")
    found.removed_at = clock.now()
    found.save(update_fields=["removed_at"])
    _record(found, actor, acting_as, "evidence.removed")


def _record(evidence: Evidence, actor: Employee, acting_as: str, verb: str) -> None:
    record(
        stream=f"case:{evidence.appraisal_id}",
        verb=verb,
        by=actor.by(acting_as),
        subject=f"evidence:{evidence.pk}",
        after={"name": evidence.name, "sha256": evidence.file.sha256, "of": evidence.place},
    )
