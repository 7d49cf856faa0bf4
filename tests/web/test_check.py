"""The check page, for anybody: what it says of a code, of a number with its word, and of a file."""

import datetime as dt
from base64 import b64decode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.office import NOW, Office
from tests.web.browsing import words

from takar.accounts.limits import Window
from takar.casework.steps import document_of
from takar.common import clock
from takar.documents.models import Document
from takar.documents.withdrawals import withdraw_document
from takar.files.queries import read

GENUINE, STATE = "Dokumen ini tercatat dan berlaku.", "Tanda tangan elektronik tidak tersertifikasi (sertifikat kantor)"


def begin(office: Office) -> None:
    office.at_step(5)


def test_code_shows_what_stands_on_the_paper_and_no_more(office: Office) -> None:
    document = document_of(office.at_step(7))
    page = Client().get(reverse("check_key", args=[document.key]))
    shown = words(page)
    assert (page.status_code, GENUINE in shown, shown.count(STATE)) == (200, True, 2)
    for fact in ("Putri Maharani", "19850707 201007 2 007", "90,48 (Baik)", document.number, "Dinas Contoh"):
        assert fact in shown
    for hidden in ("Dipertahankan.", "Analis", "Menyusun laporan bulanan", document.key):
        assert hidden not in shown
    copy = document.copies.get()
    told = words(Client().get(reverse("check_key", args=[copy.key])))
    for fact in ("Salinan dari dokumen yang asli", "salinan nomor 1 untuk Putri Maharani: diserahkan", GENUINE):
        assert fact in told
    stranger = Client().get(reverse("check_key", args=["AAAAAAAAAAAA"]))
    assert (stranger.status_code, "bukan terbitan kantor ini" in words(stranger)) == (404, True)


def test_page_with_the_code_is_shown_to_whoever_asks(office: Office) -> None:
    document, client = document_of(office.at_step(7)), Client()
    address = reverse("check_key", args=[document.key])
    sent = {"nomor": document.number, "kata": document.check_word}
    plain = [client.get(address).content.decode(), client.post(reverse("check"), sent).content.decode()]
    assert [("Tampilkan halamannya" in text, "data:image/png" in text) for text in plain] == [(True, False)] * 2
    copy = reverse("check_key", args=[document.copies.get().key])
    asked = [client.get(f"{address}?halaman=1"), client.get(f"{copy}?halaman=1")]
    asked.append(client.post(reverse("check"), {**sent, "halaman": "1"}))
    pictures = {answer.content.decode().partition("data:image/png;base64,")[2].partition('"')[0] for answer in asked}
    assert (len(pictures), b64decode(pictures.pop())[:8]) == (1, b"\x89PNG\r\n\x1a\n")
    Document.objects.filter(pk=document.pk).update(destroyed_at=document.issued_at)
    gone = client.get(f"{address}?halaman=1")
    assert ("sudah dimusnahkan" in words(gone), "data:image/png" in gone.content.decode()) == (True, False)


def test_number_needs_its_word_and_is_asked_only_so_often(office: Office) -> None:
    document, client = document_of(office.at_step(5)), Client()
    sent = {"nomor": document.number, "kata": document.check_word}
    assert GENUINE in words(client.post(reverse("check"), sent))
    wrong = client.post(reverse("check"), {**sent, "kata": "AAAAAA"})
    assert (wrong.status_code, "Putri Maharani" in words(wrong), document.number in words(wrong)) == (422, False, False)
    answers = [client.post(reverse("check"), {**sent, "kata": f"AAAA{n:02d}"}).status_code for n in range(20)]
    assert (answers.count(422), answers[-1]) == (18, 429)
    assert client.post(reverse("check"), sent).status_code == 429


def test_uploaded_file_is_examined_and_not_kept(office: Office, settings: object) -> None:
    document, client = document_of(office.at_step(5)), Client()

    def sent(content: bytes) -> str:
        return words(client.post(reverse("check"), {"dokumen": SimpleUploadedFile("a.pdf", content)}))

    final = read(document.final_file)
    assert GENUINE in sent(final)
    assert "Sudah diubah" in sent(final + b"% tambahan\n%%EOF\n")
    assert "Berkas ini bukan PDF." in sent(b"halo")
    withdraw_document(actor=office.kepala, document_id=document.pk, reason="Salah cetak")
    assert "Alasan: Salah cetak" in sent(final)
    settings.MAX_UPLOAD_BYTES = 1000  # type: ignore[attr-defined]
    assert "Berkas terlalu besar" in sent(final)


def test_record_shows_each_signature_and_lets_the_office_take_the_document_back(office: Office) -> None:
    document = document_of(office.at_step(6))
    address = reverse("document_record", args=[document.pk])
    mine, desk = office.client("pegawai"), office.client("kasubbag")
    mine.get(reverse("document", args=[document.pk]))
    shown = words(mine.get(f"{address}?periksa=1"))
    for signature in document.signatures.select_related("file"):
        for fact in (signature.name, signature.file.sha256, signature.evidence["certificate"]["fingerprint"]):
            assert fact in shown
    assert ("Asli. " + GENUINE in shown, "Tarik dokumen ini" in shown) == (True, False)
    assert mine.session["opened"].keys() == {document.final_file.sha256}
    assert "Tarik dokumen ini" in words(desk.get(address))
    desk.post(reverse("withdraw", args=[document.pk]), {"alasan": "Terbit dua kali"})
    assert "Alasan: Terbit dua kali" in words(mine.get(address))


def test_office_page_changes_the_way_and_revokes_certificates(office: Office) -> None:
    office.at_step(5)
    desk, address = office.client("kasubbag"), reverse("signing")
    sent = desk.post(address, {"jenis": "dokumen_pengukuran", "cara": "basah"}, follow=True)
    assert "yang terbit sejak sekarang memakai: Tanda tangan basah (pindaian)." in words(sent)
    assert "Layanan BSrE belum disetel" in words(desk.post(address, {"jenis": "dokumen_pengukuran", "cara": "bsre"}))
    certificate = document_of(office.case()).signatures.get().signer_id
    from takar.documents.models import Certificate  # noqa: PLC0415 -- asked for once

    known = Certificate.objects.get(employee=certificate)
    assert "Wajib diisi" in words(desk.post(address, {"cabut": str(known.pk)}))
    done = desk.post(address, {"cabut": str(known.pk), "alasan": "Ponsel hilang"}, follow=True)
    assert "Sertifikat Andi Saputra dicabut." in words(done)
    assert "Terbitkan yang baru" in words(done)
    assert "diterbitkan." in words(desk.post(address, {"terbitkan": str(known.pk)}, follow=True))


def test_many_are_signed_on_one_page(office: Office) -> None:
    document = document_of(office.at_step(5))
    mine, address = office.client("pegawai"), reverse("signatures")
    key = f"{office.case().pk}:sign:{document.final_file.sha256}"
    assert f'value="{key}"' in mine.get(address).content.decode()
    refused = mine.post(address, {"pilih": key, "password": "salah"})
    assert (refused.status_code, "checked" in refused.content.decode()) == (422, True)
    done = mine.post(address, {"pilih": [key, "bukan:sign:apa"], "password": "kuda-laut-biru-42"})
    assert ("1 berkas selesai." in words(done), office.case().step) == (True, 6)
    assert "Tidak ada dokumen yang menunggu tanda tangan Anda." in words(mine.get(address))


def test_window_counts_each_address_and_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(seconds=now[0]))
    window = Window("coba", most=2, seconds=10, remembered=2)
    assert [window.allows("a") for _ in range(3)] == [True, True, False]
    assert window.allows("b")
    now[0] = 11
    assert window.allows("a")
    for other in ("c", "d"):
        window.allows(other)
    assert list(window._asked) == ["c", "d"]
