"""Whom each kind of document goes to: an office's own list, kept as a setting."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from takar.audit.actions import record
from takar.common.errors import InvalidInput, Problem
from takar.documents.enums import CopyForm, DocumentKind, Recipient
from takar.documents.models import Distribution
from takar.documents.registers import distribution_of
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import check_can_manage_office

MOST_LINES = 20
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """To whom, in which form, on what ground; a name only where the recipient is no party of the case."""

    to: str
    form: str = CopyForm.PAPER.value
    ground: str = ""
    name: str = ""


# Used until an office sets its own: the three that a paper procedure has always made.
USUAL = (
    Line(Recipient.EMPLOYEE.value, ground="Hak pegawai yang dinilai"),
    Line(Recipient.ASSESSOR.value, ground="Pegangan pejabat penilai"),
    Line(Recipient.OTHER.value, name="Berkas kepegawaian", ground="SOP: disimpan sebagai dokumen kepegawaian"),
)


def lines_of(agency_id: UUID, kind: str) -> tuple[Line, ...]:
    """The office's list for a kind of document, or the usual one."""
    own = tuple(Line(row.to, row.form, row.ground, row.name) for row in distribution_of(agency_id, kind))
    return own or USUAL


def set_distribution(*, actor: Employee, agency: Agency, kind: str, lines: Sequence[Line]) -> None:
    """Replace the list for one kind of document; the cases copied before keep what they were given."""
    check_can_manage_office(actor, agency)
    _check(kind, lines)
    with transaction.atomic():
        Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
        before = [asdict(line) for line in lines_of(agency.pk, kind)]
        Distribution.objects.filter(agency=agency, kind=kind).delete()
        Distribution.objects.bulk_create(
            Distribution(agency=agency, kind=kind, number=number, **asdict(line))
            for number, line in enumerate(lines, start=1)
        )
        record(
            stream=f"agency:{agency.pk}",
            verb="distribution.set",
            by=actor.by("pengelola"),
            subject=f"distribution:{kind}",
            before={"lines": before},
            after={"lines": [asdict(line) for line in lines]},
        )


def _check(kind: str, lines: Sequence[Line]) -> None:
    problems = [] if kind in DocumentKind.values else [Problem("Jenis dokumen", "Pilih jenisnya dari daftar.")]
    if not 1 <= len(lines) <= MOST_LINES:
        problems.append(Problem("Daftar", f"Isi paling sedikit satu dan paling banyak {MOST_LINES} penerima."))
    for number, line in enumerate(lines, start=1):
        problems += [Problem(f"Baris {number}", message) for message in _problems(line)]
    if problems:
        raise InvalidInput("Daftar distribusi belum disimpan.", problems)


def _problems(line: Line) -> list[str]:
    found = []
    if line.to not in Recipient.values or line.form not in CopyForm.values:
        found.append("Pilih penerima dan bentuknya dari daftar.")
    if (line.to == Recipient.OTHER) != bool(line.name):
        found.append("Nama diisi hanya untuk penerima lainnya, dan untuk itu wajib.")
    if not line.ground:
        found.append("Isi atas dasar apa salinan itu diberikan.")
    if max(len(line.name), len(line.ground)) > LONGEST:
        found.append(f"Nama dan dasar paling panjang {LONGEST} huruf.")
    return found
