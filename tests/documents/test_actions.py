"""Documents from their number to their copies: what was issued stays, what was signed is what was shown."""

import datetime as dt
import hashlib

import pytest
from django.db import IntegrityError, transaction
from tests.documents.forms.reading import all_text, squeezed
from tests.office import TODAY, Office

from takar.audit.queries import events_of
from takar.casework.steps import document_of
from takar.common.errors import InvalidInput, NotAllowed
from takar.documents.actions import next_number, sign_document
from takar.documents.copies import CopyData, print_copy, record_copies
from takar.documents.enums import DocumentKind, SignatureMethod, SignedAs
from takar.documents.models import Copy, Document, NumberSeries
from takar.files.queries import read
from takar.organisation.models import Agency

KIND = DocumentKind.MEASUREMENT


def begin(office: Office) -> None:
    office.at_step(5)


def issued(office: Office, step: int = 5) -> Document:
    return document_of(office.at_step(step))


def test_numbers_follow_each_other(office: Office) -> None:
    numbers = [next_number(office.agency, KIND, 2030) for _ in range(3)]
    assert numbers == [f"800.1.4.4/{n:04d}/DINCO/2030" for n in (1, 2, 3)]


def test_each_agency_and_each_year_has_its_own_numbers(office: Office) -> None:
    other = Agency.objects.get(short_name="DINLA")
    places = [(office.agency, 2030), (office.agency, 2031), (other, 2030), (office.agency, 2030)]
    assert [next_number(agency, KIND, year) for agency, year in places] == [
        "800.1.4.4/0001/DINCO/2030",
        "800.1.4.4/0001/DINCO/2031",
        "800.1.4.4/0001/DINLA/2030",
        "800.1.4.4/0002/DINCO/2030",
    ]


def test_number_of_an_act_that_failed_is_given_again(office: Office) -> None:
    with pytest.raises(LookupError), transaction.atomic():
        next_number(office.agency, KIND, 2030)
        raise LookupError
    assert next_number(office.agency, KIND, 2030) == "800.1.4.4/0001/DINCO/2030"
    assert NumberSeries.objects.get(year=2030).last == 1


def test_issued_document_is_a_file_with_its_number(office: Office) -> None:
    document = issued(office)
    pdf = read(document.file)
    assert (document.number, document.year, document.signed_file) == ("800.1.4.4/0001/DINCO/2025", 2025, None)
    assert hashlib.sha256(pdf).hexdigest() == document.file.sha256
    assert document.number in all_text(pdf)
    assert squeezed("Putri Maharani") in all_text(pdf)
    assert document.file.name == "800.1.4.4-0001-DINCO-2025.pdf"


def test_issue_is_told_with_number_and_hash(office: Office) -> None:
    document = issued(office)
    event = events_of(office.case().stream).get(verb="document.issued")
    assert event.after == {"number": document.number, "sha256": document.file.sha256}
    assert (event.actor_name, event.subject) == ("Andi Saputra", f"document:{document.pk}")


def test_issued_document_is_not_changed(office: Office) -> None:
    document = issued(office)
    for change in ({"number": "1"}, {"data": {}}, {"issued_at": "2026-01-01T00:00Z"}, {"subject": office.rekan}):
        with pytest.raises(IntegrityError, match="sudah ditetapkan"), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**change)


def test_only_what_was_shown_is_signed(office: Office) -> None:
    document = issued(office)
    with pytest.raises(NotAllowed) as told:
        sign_document(
            actor=office.pegawai,
            acting_as="pegawai",
            document=document,
            signed_as=SignedAs.EMPLOYEE,
            seen_sha256="0" * 64,
        )
    assert told.value.message == (
        "Dokumen yang ditampilkan bukan dokumen yang berlaku. Buka kembali dokumennya, lalu tanda tangani."
    )
    assert [signature.signed_as for signature in document.signatures.all()] == [SignedAs.ASSESSOR]


def test_signed_edition_is_what_was_issued_with_both_signatures_added(office: Office) -> None:
    document = issued(office, 6)
    pdf = read(document.final_file)
    assessor, employee = document.signatures.select_related("file")
    assert document.final_file == document.signed_file == employee.file
    assert [(s.signed_as, s.name, s.method, s.sha256) for s in (assessor, employee)] == [
        (SignedAs.ASSESSOR, "Andi Saputra", SignatureMethod.INTERNAL, document.file.sha256),
        (SignedAs.EMPLOYEE, "Putri Maharani", SignatureMethod.INTERNAL, document.file.sha256),
    ]
    assert pdf.startswith(read(assessor.file))
    assert read(assessor.file).startswith(read(document.file))


def test_document_that_is_signed_keeps_its_edition(office: Office) -> None:
    document = issued(office, 6)
    with pytest.raises(IntegrityError, match="sudah ditetapkan"), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(signed_file=document.file)


def copies(*recipients: str, on: dt.date = TODAY) -> tuple[CopyData, ...]:
    return tuple(CopyData(recipient, "kertas", on) for recipient in recipients)


def test_copies_are_numbered_in_their_order_and_on_from_the_last(office: Office) -> None:
    document = issued(office, 6)
    words = {"actor": office.staf, "acting_as": "staf", "document": document}
    record_copies(copies=copies(" Putri Maharani ", "Andi Saputra"), **words)
    record_copies(copies=copies("Berkas kepegawaian"), **words)
    assert list(document.copies.values_list("number", "recipient")) == [
        (1, "Putri Maharani"),
        (2, "Andi Saputra"),
        (3, "Berkas kepegawaian"),
    ]
    told = events_of(office.case().stream).filter(verb="document.copied").values_list("after", flat=True)
    assert [copy["number"] for after in told for copy in after["copies"]] == [1, 2, 3]


COUNT = "Salinan: Catat paling sedikit satu dan paling banyak 50 salinan."
REFUSED = (
    ((), COUNT),
    (copies(*["Arsip"] * 51), COUNT),
    (copies("Arsip", "  "), "Salinan 2: Isi untuk siapa salinan ini."),
    (copies("x" * 201), "Salinan 1: Nama penerimanya paling panjang 200 huruf."),
    (copies("Arsip", on=TODAY + dt.timedelta(days=1)), "Salinan 1: Tanggal penyerahan tidak boleh sesudah hari ini."),
)


def test_copies_that_cannot_be_are_named(office: Office) -> None:
    document = issued(office, 6)
    for given, problem in REFUSED:
        with pytest.raises(InvalidInput) as told:
            record_copies(actor=office.staf, acting_as="staf", document=document, copies=given)
        assert [str(found) for found in told.value.problems] == [problem]
    assert Copy.objects.count() == 0


def test_copy_says_that_it_is_one_and_for_whom(office: Office) -> None:
    document = issued(office, 7)
    copy = document.copies.get()
    text = all_text(print_copy(document, copy))
    assert squeezed("SALINAN Nomor 1") in text
    assert squeezed(f"untuk {copy.recipient}") in text
    assert document.final_file.sha256[:16] in text
