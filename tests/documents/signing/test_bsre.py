"""The certified provider: what is sent, what is accepted of what comes back, and what the signer is told otherwise."""

import base64
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from tests.documents.signing import papers, service
from tests.documents.signing.service import NIK, PASSPHRASE, Service

from takar.common import clock
from takar.common.errors import DomainError
from takar.documents.certified import told_by_bsre
from takar.documents.checking import Entry, KnownSignature
from takar.documents.enums import SignatureMethod, SignedAs
from takar.documents.signing import bsre as client
from takar.documents.signing import x509
from takar.documents.signing.bsre import BsreProvider
from takar.documents.signing.types import Secret, Signed
from takar.documents.signing.validation import signatures_in

SECRET = Secret(NIK, PASSPHRASE)
ORDER = papers.order(papers.ASSESSOR, SignedAs.ASSESSOR)


@pytest.fixture
def bsre(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setattr(clock, "now", lambda: papers.NOW)
    roots = tmp_path / "bsre.pem"
    roots.write_text(x509.pem(papers.root("BSrE")[0]))
    with service.running() as running:
        settings.BSRE_URL, settings.BSRE_ROOTS = running.address, str(roots)
        settings.BSRE_USER, settings.BSRE_PASSWORD, settings.SIGNING_SECONDS = "takar", "kunci", 1
        yield running


def sign(version: int, settings: Any, secret: Secret = SECRET) -> Signed:
    settings.BSRE_VERSION = version
    return BsreProvider().sign(papers.paper(), ORDER, secret)


@pytest.mark.parametrize("version", [1, 2])
def test_signature_of_the_service_is_certified(bsre: Service, settings: Any, version: int) -> None:
    made = sign(version, settings)
    assert (made.method, made.pdf.startswith(papers.paper())) == (SignatureMethod.BSRE, True)
    certificate = papers.pair("Andi Saputra", "BSrE").certificate
    assert made.evidence["certificate"]["fingerprint"] == x509.fingerprint(certificate)
    found = signatures_in(made.pdf, papers.anchors("BSrE", method=SignatureMethod.BSRE), papers.NOW)
    assert [(one.valid, one.method) for one in found] == [(True, SignatureMethod.BSRE)]


def test_first_version_is_sent_parts_with_the_place_of_the_stamp(bsre: Service, settings: Any) -> None:
    assert sign(1, settings).evidence["reference"] == "dok-7"
    (address, sent), box = bsre.asked[-1], papers.boxes()["penilai"]
    assert (address, sent["file"], sent["nik"], sent["tampilan"]) == (
        "POST /api/sign/pdf",
        papers.paper(),
        NIK,
        "visible",
    )
    assert [sent[name] for name in ("page", "xAxis", "yAxis")] == [str(box.page), str(round(box.x)), str(round(box.y))]
    assert sent["imageTTD"].startswith(b"\x89PNG")
    assert sent["authorization"] == f"Basic {base64.b64encode(b'takar:kunci').decode()}"


def test_second_version_is_sent_json_counted_from_the_top(bsre: Service, settings: Any) -> None:
    sign(2, settings)
    address, sent = bsre.asked[-1]
    look, box = sent["signatureProperties"][0], papers.boxes()["penilai"]
    assert (address, base64.b64decode(sent["file"][0])) == ("POST /api/v2/sign/pdf", papers.paper())
    assert (look["tampilan"], look["page"], look["originX"]) == ("VISIBLE", box.page, box.x)
    assert round(look["originY"] + look["height"] + box.y) == 609


NOTHING = "Dokumen belum ditandatangani."
WRONG = f"{NOTHING} Layanan BSrE mengembalikan berkas yang bukan dokumen yang dikirim dengan satu tanda tangan"
MANNERS = {
    "hangs": f"{NOTHING} Layanan BSrE tidak menjawab dalam 1 detik.",
    "refuses": f"{NOTHING} Layanan BSrE menolak: Sertifikat pengguna bermasalah.",
    "another document": f"{WRONG}: isinya tidak diawali dokumen itu.",
    "unsigned": f"{WRONG}: bertambah 0 tanda tangan.",
    "twice": f"{WRONG}: bertambah 2 tanda tangan.",
    "rubbish": f"{WRONG}: ",
}


@pytest.mark.parametrize("manner", MANNERS)
def test_service_that_behaves_badly_signs_nothing(bsre: Service, settings: Any, manner: str) -> None:
    bsre.manner = manner
    with pytest.raises(DomainError) as told:
        sign(2, settings)
    assert told.value.message.startswith(MANNERS[manner])


def test_signature_of_somebody_else_is_not_taken(bsre: Service, settings: Any) -> None:
    bsre.signer = "Orang Lain"
    with pytest.raises(DomainError, match="tanda tangan itu milik Orang Lain"):
        sign(2, settings)


def test_signature_under_another_root_is_not_certified(bsre: Service, settings: Any) -> None:
    bsre.office = "Dinas Contoh"
    with pytest.raises(DomainError, match="tidak sah menurut sertifikat akar BSrE"):
        sign(2, settings)


def test_service_that_is_not_there_is_named(bsre: Service, settings: Any) -> None:
    settings.BSRE_URL = "http://127.0.0.1:9"
    with pytest.raises(DomainError, match="Layanan BSrE tidak dapat dihubungi"):
        sign(2, settings)


def test_passphrase_is_nowhere_but_in_the_request(
    bsre: Service, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = Secret(NIK, "Bukan-Passphrase-1")
    with pytest.raises(DomainError) as told:
        sign(1, settings, wrong)
    assert told.value.message == f"{NOTHING} Passphrase BSrE salah; masukkan sekali lagi."
    made = sign(1, settings)
    written = f"{caplog.text} {told.value!r} {wrong!r} {made.evidence}"
    assert [secret in written for secret in (wrong.passphrase, PASSPHRASE, NIK)] == [False, False, False]


STATES = (
    ("ISSUE", SECRET, (True, "")),
    ("EXPIRED", SECRET, (False, "masa berlaku sertifikatnya sudah berakhir")),
    ("REVOKE", SECRET, (False, "sertifikatnya sudah dicabut")),
    ("NOT_REGISTERED", SECRET, (False, "NIK itu belum terdaftar di BSrE")),
    ("ISSUE", Secret("123", PASSPHRASE), (False, "Isi NIK Anda, 16 angka.")),
    ("ISSUE", Secret(NIK, ""), (False, "Isi passphrase BSrE Anda.")),
)


@pytest.mark.parametrize("version", [1, 2])
def test_status_says_who_cannot_sign_and_why(bsre: Service, settings: Any, version: int) -> None:
    settings.BSRE_VERSION = version
    for told, secret, (ready, words) in STATES:
        bsre.status = told
        status = BsreProvider().status(ORDER, secret)
        assert (status.ready, words in status.message) == (ready, True), told
    assert bsre.asked[0][0] == ("GET /api/user/status/" + NIK if version == 1 else "POST /api/v2/user/check/status")


def entry(method: SignatureMethod = SignatureMethod.BSRE) -> Entry:
    signature = KnownSignature("penilai", method.value, papers.NOW)
    return Entry("1", "Dokumen", "Dinas", papers.NOW, "", {}, (signature,))


@pytest.mark.parametrize(("version", "word"), [(1, ""), (2, " (“VALID”)")])
def test_service_is_asked_of_certified_documents(bsre: Service, settings: Any, version: int, word: str) -> None:
    settings.SIGNING_SECONDS = 30
    signed = sign(version, settings).pdf
    assert told_by_bsre(entry(), signed) == f"Layanan BSrE menyatakan 1 tanda tangan di dalamnya sah{word}."
    more = papers.signed(signed, papers.EMPLOYEE, SignedAs.EMPLOYEE, papers.pair("Putri Maharani", "Dinas Contoh"))
    assert told_by_bsre(entry(), more).startswith("Layanan BSrE hanya menyatakan 1 dari 2 tanda tangan di dalamnya sah")
    assert told_by_bsre(entry(), papers.paper()) == f"Layanan BSrE tidak menemukan tanda tangan di dalamnya{word}."
    asked = len(bsre.asked)
    assert (told_by_bsre(entry(SignatureMethod.INTERNAL), signed), told_by_bsre(None, signed)) == ("", "")
    settings.BSRE_URL = ""
    assert (told_by_bsre(entry(), signed), len(bsre.asked)) == ("", asked)


ANSWERS = {
    "hangs": "Layanan BSrE tidak menjawab dalam 1 detik.",
    "refuses": "Layanan BSrE menolak memeriksanya: Sertifikat pengguna bermasalah.",
    "rubbish": "Layanan BSrE menjawab sesuatu yang bukan hasil pemeriksaan.",
}


@pytest.mark.parametrize("manner", ANSWERS)
def test_service_that_does_not_answer_well_is_told_beside_our_own_check(
    bsre: Service, settings: Any, manner: str
) -> None:
    settings.BSRE_VERSION, bsre.manner = 2, manner
    told = told_by_bsre(entry(), papers.paper())
    assert told.startswith(ANSWERS[manner])
    assert told.endswith("Di sini tanda tangannya hanya diperiksa dengan sertifikat akar yang disetel.")


@pytest.mark.parametrize("code", [[2031], {"a": 1}, None, True, 3.5])
def test_refusal_in_an_odd_shape_still_has_its_sentence(code: object) -> None:
    """Found by fuzzing: a list in the place of the code was looked up in a set."""
    answer = requests.Response()
    answer.status_code, answer._content = 400, json.dumps({"status_code": code, "error": "x"}).encode()
    assert client._refused(answer) == "Dokumen belum ditandatangani. Layanan BSrE menolak: x."
