"""The register of copies: proposed by the office's list, handed over, received, and called back when void."""

import datetime as dt
import io
from typing import Any

import pikepdf
import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.documents.forms.reading import all_text, pages, squeezed
from tests.documents.test_emblems import png
from tests.office import TODAY, Office
from tests.web.browsing import words

from takar.audit.queries import events_of
from takar.casework.actions import advance_case
from takar.casework.steps import StepData, document_of
from takar.common.errors import AlreadyDone, DomainError, InvalidInput, NotAllowed
from takar.documents.checking import COME_BACK, State, examine
from takar.documents.copies import CopyData, add_copy, confirm_receipt, print_copy, record_copies, record_copy_event
from takar.documents.distribution import USUAL, Line, lines_of, set_distribution
from takar.documents.duplicates import Marks, duplicate
from takar.documents.enums import CopyEventKind, CopyForm, CopyState, DocumentKind
from takar.documents.forms.qr import qr
from takar.documents.models import Copy, Document
from takar.documents.registers import copy_by_key, copy_state, register_of
from takar.documents.registry import OfficeRegistry, office_anchors
from takar.files.queries import read

KIND = DocumentKind.MEASUREMENT.value


def begin(office: Office) -> None:
    office.at_step(6)


@pytest.fixture
def document(office: Office) -> Document:
    return document_of(office.at_step(6))


def made(office: Office, document: Document, form: str = "kertas", **more: Any) -> Copy:
    given = {"recipient": "Putri Maharani", "form": form, "handed_over_on": TODAY, **more}
    record_copies(actor=office.staf, acting_as="staf", document=document, copies=[CopyData(**given)])
    return fresh(document.copies.latest("number"))


def fresh(copy: Copy) -> Copy:
    found = copy_by_key(copy.key)
    assert found is not None
    return found


def supersede(document: Document) -> Document:
    """As a decision on an objection does: another document in its place."""
    return Document.objects.create(
        agency=document.agency, kind=document.kind, number="2", year=document.year, subject=document.subject,
        case_key=document.case_key, data={}, file=document.file, issued_at=document.issued_at, replaces=document,
    )  # fmt: skip


def happen(office: Office, copy: Copy, *kinds: str) -> None:
    for kind in kinds:
        record_copy_event(actor=office.staf, copy=copy, kind=CopyEventKind(kind), note="Surat pernyataan")


STATES = [
    ("kertas", None, (), False, "belum_diserahkan"),
    ("kertas", None, ("diserahkan",), False, "diserahkan"),
    ("kertas", TODAY, (), False, "diserahkan"),
    ("kertas", TODAY, ("diterima",), False, "diterima"),
    ("kertas", TODAY, ("diterima", "hilang"), False, "hilang"),
    ("kertas", TODAY, ("hilang", "kembali"), False, "kembali"),
    ("kertas", None, (), True, "tidak_berlaku"),
    ("kertas", TODAY, (), True, "ditarik"),
    ("kertas", TODAY, ("diterima",), True, "ditarik"),
    ("kertas", TODAY, ("kembali",), True, "kembali"),
    ("elektronik", TODAY, ("diterima",), True, "tidak_berlaku"),
]


@pytest.mark.parametrize("row", STATES)
def test_state_is_told_from_events_and_from_the_document(office: Office, document: Document, row: Any) -> None:
    form, on, kinds, void, state = row
    copy = made(office, document, form, handed_over_on=on, person=office.pegawai)
    happen(office, copy, *kinds)
    if void:
        supersede(document)
    assert copy_state(fresh(copy)) == state


def test_each_happening_is_recorded_once_and_told(office: Office, document: Document) -> None:
    copy = made(office, document)
    happen(office, copy, "diterima")
    with pytest.raises(AlreadyDone, match="sudah dicatat “Diterima” tanggal 12 Januari 2026 oleh Surya Putra"):
        happen(office, copy, "diterima")
    event = events_of(office.case().stream).filter(verb="copy.recorded").get()
    assert (event.after["number"], event.after["kind"], event.acting_as) == (1, "diterima", "staf")


@pytest.mark.parametrize(
    "row",
    [
        ("diserahkan", TODAY, "", "sehingga tidak dapat dicatat “Diserahkan”"),
        ("diterima", TODAY + dt.timedelta(1), "", "Tanggal: Tanggal tidak boleh sesudah hari ini."),
        ("diterima", TODAY - dt.timedelta(1), "", "Tanggal: Salinan ini diserahkan 12 Januari 2026."),
        ("hilang", TODAY, "", "Keterangan: Tuliskan siapa yang menyatakan hilang dan bagaimana."),
        ("kembali", TODAY, "x" * 201, "Keterangan: Paling panjang 200 huruf."),
    ],
)
def test_happening_that_cannot_be_is_refused(office: Office, document: Document, row: Any) -> None:
    (kind, on, note, told), copy = row, made(office, document)
    with pytest.raises((NotAllowed, InvalidInput)) as refused:
        record_copy_event(actor=office.staf, copy=copy, kind=CopyEventKind(kind), on=on, note=note)
    said = [refused.value.message, *map(str, getattr(refused.value, "problems", ()))]
    assert told in " ".join(said)
    assert copy.events.count() == 0


def test_register_is_kept_by_the_desk_alone(office: Office, document: Document) -> None:
    copy, may = made(office, document), []
    for name, person in office.people.items():
        try:
            with transaction.atomic():
                record_copy_event(actor=person, copy=copy, kind=CopyEventKind.RECEIVED)
                transaction.set_rollback(True)
            may.append(name)
        except NotAllowed:
            assert name != "staf"
    assert sorted(may) == ["kasubbag", "staf", "staf2"]


def test_recipient_confirms_in_the_program(office: Office, document: Document) -> None:
    advance_case(actor=office.staf, step_run_id=office.case().task_id, data=StepData())
    copy = document.copies.get(person=office.pegawai)
    browser = office.client("pegawai")
    assert "Saya terima" in words(browser.get(reverse("my_copies")))
    assert browser.get(reverse("document_copy", args=[document.pk, copy.number])).status_code == 200
    with pytest.raises(NotAllowed):
        confirm_receipt(actor=office.rekan, copy=copy)
    browser.post(reverse("receive_copy", args=[copy.pk]))
    assert copy_state(fresh(copy)) == CopyState.RECEIVED
    assert "Diterima" in words(browser.get(reverse("my_copies")))
    assert "sudah dicatat “Diterima”" in words(browser.post(reverse("receive_copy", args=[copy.pk]), follow=True))


def test_step_proposes_the_office_s_list_with_its_grounds(office: Office, document: Document) -> None:
    lines = (
        Line("pegawai", "elektronik", "Perka"),
        Line("atasan", "kertas", "SE"),
        Line("lain", "kertas", "BKD", "BKPSDM"),
    )
    assert lines_of(office.agency.pk, KIND) == USUAL
    set_distribution(actor=office.kasubbag, agency=office.agency, kind=KIND, lines=lines)
    assert lines_of(office.agency.pk, KIND) == lines
    advance_case(actor=office.staf, step_run_id=office.case().task_id, data=StepData())
    found = document.copies.values_list("recipient", "form", "ground", "person__name")
    assert list(found) == [
        ("Putri Maharani", "elektronik", "Perka", "Putri Maharani"),
        ("Karta Wijaya", "kertas", "SE", "Karta Wijaya"),
        ("BKPSDM", "kertas", "BKD", None),
    ]
    notice = office.pegawai.notices.get(kind="archive")
    assert (notice.place, "tekan “Saya terima”" in notice.text) == ("copies", True)
    event = events_of(f"agency:{office.agency.pk}").get(verb="distribution.set")
    assert [line["to"] for line in event.after["lines"]] == ["pegawai", "atasan", "lain"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((), "Daftar: Isi paling sedikit satu dan paling banyak 20 penerima."),
        ((Line("lain", ground="x"),), "Baris 1: Nama diisi hanya untuk penerima lainnya, dan untuk itu wajib."),
        ((Line("siapa", ground="x"),), "Baris 1: Pilih penerima dan bentuknya dari daftar."),
        ((Line("pegawai"),), "Baris 1: Isi atas dasar apa salinan itu diberikan."),
    ],
)
def test_list_that_cannot_be_is_refused(office: Office, lines: tuple[Line, ...], told: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        set_distribution(actor=office.kasubbag, agency=office.agency, kind=KIND, lines=lines)
    assert told in [str(problem) for problem in refused.value.problems]


def test_superseded_document_calls_its_copies_back(office: Office, document: Document) -> None:
    out, back = made(office, document), made(office, document, recipient="BKPSDM")
    made(office, document, CopyForm.ELECTRONIC.value, person=office.pegawai)
    supersede(document)
    happen(office, back, "kembali")
    assert list(register_of(office.agency.pk, "tarik")) == [out]
    page = office.client("staf").get(reverse("copy_register"), {"keadaan": "tarik"})
    assert "Harus ditarik" in words(page)
    assert "TIDAKBERLAKULAGI,digantikanoleh2" in all_text(print_copy(fresh(out).document, out))
    with pytest.raises(NotAllowed, match="sudah digantikan oleh 2"):
        add_copy(actor=office.staf, document=document, copy=CopyData("BKN", "kertas", None, "Surat"))


def test_copy_is_made_of_the_signed_pages_and_bears_its_own_code_on_each(office: Office, document: Document) -> None:
    first, second = made(office, document), made(office, document)
    assert (len({first.key, second.key}), len(first.key)) == (2, 12)
    signed, copied = pages(read(document.final_file)), pages(print_copy(document, first))
    assert [page.count(first.key) for page in copied] == [1] * len(signed)
    assert [squeezed("SALINAN Nomor 1") in squeezed(page) for page in copied] == [True] * len(signed)
    for before, after in zip(signed, copied, strict=True):
        assert set(before.split()) <= set(after.split())
    assert all_text(print_copy(document, first)).count(squeezed("Ditandatangani secara elektronik")) == 3


def test_copy_is_a_whole_pdf_without_fields_and_the_same_each_time(office: Office, document: Document) -> None:
    copy = made(office, document)
    pdf = print_copy(document, copy)
    assert pdf == print_copy(document, copy)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert (opened.check_pdf_syntax(), "/AcroForm" in opened.Root, len(opened.pages[0].get("/Annots", ()))) == (
            [],
            False,
            0,
        )
        assert str(opened.docinfo["/Title"]) == f"Salinan nomor 1 dari dokumen {document.number}"
        assert opened.open_metadata()["dc:title"] == str(opened.docinfo["/Title"])
        assert list(opened.attachments) == ["data.json"]


def test_uploaded_copy_is_known_as_one_and_called_back(office: Office, document: Document) -> None:
    copy, anchors = made(office, document), office_anchors()
    pdf = print_copy(document, copy)
    report = examine(pdf, OfficeRegistry(), anchors)
    assert (report.state, report.holds, "salinan nomor 1 dari dokumen" in report.sentence) == (State.COPY, True, True)
    other = examine(pdf.replace(b"%PDF-1.7", b"%PDF-1.6"), OfficeRegistry(), anchors)
    assert (other.state, other.sentence.endswith("tetapi isinya lain.")) == (State.CHANGED, True)
    supersede(document)
    for edition in (pdf, print_copy(fresh(copy).document, copy)):
        void = examine(edition, OfficeRegistry(), anchors)
        assert (void.state, COME_BACK in void.details) == (State.SUPERSEDED, True)


@pytest.mark.parametrize("name", ["png", "pdf"])
def test_copy_of_a_scan_shows_the_scan_beside_its_code(office: Office, document: Document, name: str) -> None:
    copy = made(office, document)
    given = (png(), "image/png") if name == "png" else (read(document.file), "application/pdf")
    copied = pages(duplicate(*given, marks_of(copy), scanned=True))
    assert [copy.key in page for page in copied] == [True] * len(copied)
    with pytest.raises(DomainError, match="tidak dapat disalin"):
        duplicate(b"%PDF-1.7\nhalo", "application/pdf", marks_of(copy), scanned=True)


def marks_of(copy: Copy) -> Marks:
    about = {"number": "1", "for": copy.recipient, "key": copy.key, "qr": qr(copy.key), "void": ""}
    return Marks("Salinan", copy.document.number, "0" * 64, about, "2026-01-12T09:30:00+08:00")


def test_copy_is_added_later_on_a_ground(office: Office) -> None:
    document = document_of(office.at_step(8))
    address = reverse("document_copies", args=[document.pk])
    typed = {"untuk": office.sekretaris.nip, "dasar": "", "bentuk": "elektronik", "tanggal": ""}
    refused = office.client("staf").post(address, typed)
    assert (refused.status_code, "Isi atas dasar apa" in words(refused)) == (422, True)
    office.client("staf").post(address, typed | {"dasar": "Surat 12"})
    added = document.copies.latest("number")
    assert (added.number, added.recipient, added.person, added.handed_over_on) == (
        2,
        "Sri Lestari",
        office.sekretaris,
        None,
    )


@pytest.mark.parametrize("table", ["documents.CopyEvent", "documents.Copy"])
def test_register_is_never_changed(office: Office, document: Document, table: str) -> None:
    copy = made(office, document)
    happen(office, copy, "diterima")
    with pytest.raises(IntegrityError, match="hanya dapat ditambah"), transaction.atomic():
        apps.get_model(table).objects.update(recorded_at=copy.recorded_at + dt.timedelta(1))
