"""Printing for a whole office: one form of every case of a period, as one PDF or as a ZIP, in the background.

What each case gives is one item of the job: a case whose form does not exist yet gets a line that says so. Rendering is
quick and gives the same bytes again, so a job that was interrupted renders anew what it had. What was rendered waits in a
file without a name, which is gone when the process is; memory does not grow with the office: of many people the joined
PDF comes in volumes. Only a script (`print_now`) gets everything at once, and holds it.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any
from uuid import UUID

from pypdf import PdfReader, PdfWriter

from takar.casework.actions import BulkLine
from takar.casework.models import Case, Period
from takar.casework.printing.cases import case_pdf
from takar.casework.queries import oversees, visible_in
from takar.common.errors import DomainError, InvalidInput, NotAllowed, Problem
from takar.common.rights import Over, right
from takar.documents.forms.catalogue import BY_KEY
from takar.documents.models import Document
from takar.files.queries import read
from takar.jobs.actions import enqueue
from takar.jobs.models import Job
from takar.jobs.work import Work
from takar.organisation.models import Agency, Employee

KIND = "casework.print"
DOCUMENT = "dokumen"
VOLUME = 250
FORMATS = {
    "pdf": f"Satu PDF, untuk dicetak sekaligus; lebih dari {VOLUME} orang: beberapa jilid dalam satu ZIP",
    "zip": "ZIP, satu PDF setiap pegawai",
}
# What makes sense for many at once.
FORM_KEYS = (
    *("formulir-kinerja", "skp-pp46", "capaian-skp", "prestasi-kerja"),
    *("a-1-1", "a-1-2", "a-1-6", "a-1-7", "a-1-8", "b-1-1", "b-1-2", "b-1-3", "b-1-4", "b-1-5"),
    *("c-1-1", "c-1-2", "c-1-3", "d-1-1", "konversi-ak"),
)
CHOICES = {DOCUMENT: "Dokumen yang terbit, edisi yang berlaku"} | {key: BY_KEY[key].label for key in FORM_KEYS}
NOT_OVERSEER = (
    "Mencetak untuk seluruh kantor hanya bagi Staf, Kasubbag Umum dan Kepegawaian, Sekretaris, dan Kepala. "
    "Berkas Anda sendiri dapat dicetak dari halamannya."
)


@right("office.print", "Mencetak formulir seluruh kantor", Over.OFFICE)
def check_can_print_office(actor: Employee, agency: Agency) -> None:
    if actor.agency_id != agency.pk or not oversees(actor):
        raise NotAllowed(NOT_OVERSEER)


def can_print_office(actor: Employee) -> bool:
    return oversees(actor)


def ask_for_print(*, actor: Employee, period: Period | None, what: str, form: str) -> Job:
    """Have it printed in the background; `what` is a form or the issued document, `form` pdf or zip."""
    found = _checked(actor, period, what, form)
    return enqueue(actor=actor, kind=KIND, params={"period": str(found.pk), "what": what, "format": form})


def print_now(*, actor: Employee, period: Period | None, what: str, form: str) -> tuple[bytes | None, list[BulkLine]]:
    """The same without waiting, for scripts: the file, unless nothing could be printed, and a line for each case."""
    found = _checked(actor, period, what, form)
    parts, lines = [], []
    for case in visible_in(actor, found).select_related(*RELATED).order_by("name", "pk"):
        try:
            parts.append((case, _print(case, what)))
            lines.append(BulkLine(case.code, case.name, done=True, message="dicetak"))
        except DomainError as error:
            lines.append(BulkLine(case.code, case.name, done=False, message=error.message))
    if not parts:
        return None, lines
    target = io.BytesIO()
    if form == "zip":
        _zip(iter(parts), what, target)
    else:
        _join(iter(parts), target)
    return target.getvalue(), lines


def _checked(actor: Employee, period: Period | None, what: str, form: str) -> Period:
    check_can_print_office(actor, actor.agency)
    problems = []
    if period is None or period.agency_id != actor.agency_id:
        problems.append(Problem("Periode", "Pilih periode kantor ini."))
    if what not in CHOICES:
        problems.append(Problem("Formulir", "Pilih dari daftar."))
    if form not in FORMATS:
        problems.append(Problem("Bentuk", "Pilih satu PDF atau ZIP."))
    if problems or period is None:
        raise InvalidInput("Pencetakan belum dimulai.", problems)
    return period


def print_office(work: Work) -> None:
    """The job itself: a line for every case, then the file of all that could be printed."""
    wanted = work.params
    period = Period.objects.select_related("agency").get(pk=UUID(wanted["period"]))
    check_can_print_office(work.actor, work.actor.agency)
    names = visible_in(work.actor, period).order_by("name", "pk").values_list("pk", "name", "code")
    found = {str(pk): f"{name} ({code})" for pk, name, code in names}
    drafts = Drafts(work.spool())
    for key in work.remaining(found):
        with work.item(key, found[key]) as item:
            pdf = _print(_case(key), wanted["what"])
            item.message = f"{len(PdfReader(io.BytesIO(pdf)).pages)} halaman"
            drafts.add(key, pdf)
    done = set(work.job.lines.filter(done=True).values_list("key", flat=True))
    parts = _parts((key for key in found if key in done), drafts, wanted["what"])
    if not done:
        work.message = "Tidak ada yang dapat dicetak; sebabnya di bawah ini."
        return
    target, name = work.spool(), f"{period.code}-{wanted['what']}"
    kind = "zip" if wanted["format"] == "zip" or len(done) > VOLUME else "pdf"
    if wanted["format"] == "zip":
        _zip(parts, wanted["what"], target)
    elif kind == "zip":
        _volumes(parts, len(done), name, target)
    else:
        _join(parts, target)
    work.keep(target, name=f"{name}.{kind}", media_type=f"application/{kind}")


RELATED = (
    *("agency", "employee", "assessor", "assessor_superior", "period"),
    *("appraisal__plan__agency", "appraisal__plan__employee", "appraisal__plan__superior", "appraisal__decision"),
)


@dataclass
class Drafts:
    """What this process has rendered, one after the other in a file."""

    file: IO[bytes]
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, key: str, pdf: bytes) -> None:
        self.places[key] = self.file.seek(0, io.SEEK_END), len(pdf)
        self.file.write(pdf)

    def get(self, key: str) -> bytes | None:
        if key not in self.places:
            return None
        start, size = self.places[key]
        self.file.seek(start)
        return self.file.read(size)


def _case(key: str) -> Case:
    return Case.objects.select_related(*RELATED).get(pk=UUID(key))


def _parts(keys: Iterable[str], drafts: Drafts, what: str) -> Iterator[tuple[Case, bytes]]:
    for key in keys:
        case = _case(key)
        yield case, drafts.get(key) or _print(case, what)


def _print(case: Case, what: str) -> bytes:
    return _issued(case) if what == DOCUMENT else case_pdf(case, what)


def _issued(case: Case) -> bytes:
    """The edition in force, byte for byte: its signatures are in it."""
    links = case.documents.select_related("document__file", "document__signed_file", "document__successor")
    issued: list[Document] = [link.document for link in links.order_by("pk")]
    document = next((found for found in issued if found.superseded_by is None), None)
    if document is None:
        raise NotAllowed("Dokumennya belum terbit; penilaiannya belum disetujui.")
    return read(document.final_file)


def _volumes(parts: Iterator[tuple[Case, bytes]], count: int, name: str, target: IO[bytes]) -> None:
    """More people than one file takes, joined in several."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for number, first in enumerate(range(0, count, VOLUME), start=1):
            last = min(first + VOLUME, count)
            with archive.open(zipfile.ZipInfo(f"{name}-jilid-{number}-orang-{first + 1}-{last}.pdf"), "w") as volume:
                _join(islice(parts, VOLUME), volume)


def _zip(parts: Iterator[tuple[Case, bytes]], what: str, target: IO[bytes]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for case, pdf in parts:
            archive.writestr(zipfile.ZipInfo(f"{_plain(case.name)}-{case.nip or case.pk}-{what}.pdf"), pdf)


def _join(parts: Iterator[tuple[Case, bytes]], target: IO[bytes]) -> None:
    """One file with a bookmark a person; an even number of pages each, so that both sides of the paper can be used."""
    writer = PdfWriter()
    for case, pdf in parts:
        writer.append(io.BytesIO(pdf), outline_item=case.name, import_outline=False)
        last = writer.pages[-1].mediabox
        if len(writer.pages) % 2:
            writer.add_blank_page(width=last.width, height=last.height)
    made = io.BytesIO()
    writer.write(made)
    target.write(made.getbuffer())


def _plain(name: str) -> str:
    """A name that every file system takes."""
    return "".join(letter if letter.isalnum() or letter in " -" else "_" for letter in name).strip()


def register_kind(register: Any) -> None:
    register(KIND, "Mencetak untuk seluruh kantor", print_office)
