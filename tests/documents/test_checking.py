"""Whether a file is a document of the office: asked of the database and of an exported trust file, with one answer."""

import io
import json

import pikepdf
import pytest
from tests.documents.signing import papers
from tests.documents.signing.test_reading import BAD
from tests.office import PASSWORD, Office

from takar.casework.acts import record_act
from takar.casework.steps import document_of
from takar.common.errors import InvalidInput
from takar.documents.checking import Report, State, examine
from takar.documents.models import Document
from takar.documents.registry import OfficeRegistry, document_with, office_anchors
from takar.documents.trust import exported, parsed
from takar.documents.withdrawals import withdraw_document
from takar.files.queries import read


def both(content: bytes) -> Report:
    """The answer of the database; the trust file must come to the same."""
    online = examine(content, OfficeRegistry(), office_anchors())
    known = parsed(exported(), where="kepercayaan.json")
    offline = examine(content, known, known.anchors)
    assert (offline.state, offline.sentence, offline.entry) == (online.state, online.sentence, online.entry)
    return online


def begin(office: Office) -> None:
    case = office.at_step(6)
    record_act(actor=office.atasan, case_id=case.pk, kind="forward")
    record_act(actor=office.kepala, case_id=case.pk, kind="ratify", password=PASSWORD)


@pytest.fixture
def document(office: Office) -> Document:
    """Signed by assessor, employee and superior."""
    return document_of(office.case())


def test_final_edition_is_genuine_and_earlier_ones_lack_signatures(document: Document) -> None:
    first, second, third = (read(one.file) for one in document.signatures.select_related("file"))
    found = [both(content) for content in (third, second, first, read(document.file))]
    assert [report.state for report in found] == [State.GENUINE, *[State.EARLIER] * 3]
    assert found[0].sentence == "Dokumen ini tercatat dan berlaku."
    assert [report.sentence.split(": ", 1)[1].split(" tidak ada")[0] for report in found[1:]] == [
        "tanda tangan atasan pejabat penilai",
        "tanda tangan pegawai yang dinilai, atasan pejabat penilai",
        "tanda tangan pejabat penilai, pegawai yang dinilai, atasan pejabat penilai",
    ]


def test_addition_is_told_with_the_signature_after_which_it_came(document: Document) -> None:
    report = both(papers.annotated(read(document.final_file)))
    assert report.state is State.CHANGED
    assert report.sentence.startswith(
        "Berkas ini diubah sesudah tanda tangan atasan pejabat penilai pada 12 Januari 2026 pukul 09.30 WITA:"
    )
    assert [one for one in report.details if "halaman" in one.lower()] == [
        "Teks setiap halamannya sama dengan aslinya; yang berubah adalah catatan, isian, atau keterangan berkas."
    ]


def test_rewritten_page_is_told(document: Document) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(read(document.final_file))) as opened:
        opened.pages[1].contents_add(b"BT ET", prepend=False)
        opened.save(out)
    report = both(out.getvalue())
    assert report.state is State.CHANGED
    assert report.sentence.startswith(f"Berkas ini mengaku dokumen nomor {document.number}")
    assert "Isi halaman 2 berbeda dari aslinya." in report.details
    assert "Tanda tangan pejabat penilai tidak cocok lagi dengan isinya." in report.details


def test_altered_figure_breaks_the_signatures(document: Document) -> None:
    pdf = read(document.final_file)
    place = pdf.index(b"/MediaBox")
    report = both(pdf[:place] + pdf[place:].replace(b"609", b"608", 1))
    assert (report.state, report.entry and report.entry.number) == (State.CHANGED, document.number)


def test_paper_of_another_office_is_not_ours(document: Document) -> None:
    report = both(papers.signed_by_both()[1])
    assert (report.state, report.entry) == (State.FOREIGN, None)
    assert "Memuat tanda tangan atas nama Andi Saputra, yang tidak dikenal di sini." in report.details


def test_file_that_cannot_be_read_is_said_to_be_so(document: Document) -> None:
    for kind in ("nothing", "cut off", "locked", "a bomb"):
        make, word = BAD[kind]
        report = examine(make(), OfficeRegistry(), office_anchors())
        assert (report.state, word in report.sentence) == (State.UNREADABLE, True), kind
    assert "Berkas ini memuat skrip; jangan dibuka." in both(BAD["opens a script"][0]()).details


def test_document_that_was_taken_back_says_since_when_and_why(office: Office, document: Document) -> None:
    withdraw_document(actor=office.kasubbag, document_id=document.pk, reason="Terbit dua kali")
    report = both(read(document.final_file))
    assert (report.state, report.sentence) == (
        State.WITHDRAWN,
        "Dokumen ini ditarik pada 12 Januari 2026 pukul 09.30 WITA dan tidak berlaku lagi. Alasan: Terbit dua kali",
    )


def test_document_is_found_by_its_code_and_by_number_with_word(document: Document) -> None:
    key, word = document.key or "", document.check_word
    assert (len(key), key.startswith(word), len(word)) == (12, True, 6)
    assert document_with(key=key.lower()) == document
    assert document_with(number=f" {document.number} ", word=f"{word[:3]}-{word[3:].lower()}") == document
    for number, letters in ((document.number, ""), (document.number, "AAAAAA"), ("1", word)):
        assert document_with(number=number, word=letters) is None
    assert document_with(key="AAAAAAAAAAAA") is None


def test_trust_file_names_nobody(document: Document) -> None:
    text = exported()
    assert [name in text for name in ("Andi", "Putri", "Karta", "19850707")] == [False] * 4
    for wrong in ("", "[]", "{}", '{"format": "lain"}', text[:-40]):
        with pytest.raises(InvalidInput, match="bukan berkas kepercayaan Takar"):
            parsed(wrong, where="kepercayaan.json")


def test_trust_file_that_was_changed_or_is_not_signed_is_told(document: Document) -> None:
    text = exported()
    laid_out = json.dumps(json.loads(text), indent=4)
    assert parsed(laid_out, where="k").key == parsed(text, where="k", fingerprint=parsed(text, where="k").key).key
    with pytest.raises(InvalidInput, match="diubah sesudah dibuat"):
        parsed(text.replace(document.number, "palsu/1"), where="kepercayaan.json")
    older = json.loads(text) | {"format": "takar-trust-1"}
    del older["signed"]
    assert parsed(json.dumps(older), where="k").key == ""
    with pytest.raises(InvalidInput, match="tidak ditandatangani"):
        parsed(json.dumps(older), where="k", fingerprint="0" * 64)
    with pytest.raises(InvalidInput, match="terlalu pendek"):
        parsed(text, where="k", fingerprint="0" * 31)
