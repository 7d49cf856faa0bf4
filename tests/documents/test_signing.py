"""Signing in an office: one file, several signatures, the record of each, and what happens when it cannot be done."""

import datetime as dt
import time
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from tests.documents.forms.reading import all_text
from tests.documents.signing import papers, service, timestamps
from tests.documents.signing.test_reading import with_script
from tests.office import NOW, PASSWORD, TODAY, Office, assessment

from takar.audit.context import using
from takar.audit.queries import events_of
from takar.casework.actions import advance_case
from takar.casework.acts import record_act
from takar.casework.signing import Choice, sign_many, waiting_signatures
from takar.casework.steps import StepData, document_of
from takar.common import clock
from takar.common.errors import DomainError, InvalidInput, NotAllowed
from takar.documents.actions import next_number
from takar.documents.certificates import pair_of, renew_certificate, revoke_certificate
from takar.documents.choices import choose_method, chosen_method
from takar.documents.enums import DocumentKind, SignatureMethod, SignedAs
from takar.documents.models import Authority, Certificate, Document
from takar.documents.registry import office_anchors
from takar.documents.signing import x509
from takar.documents.signing.pen import Pen, Scan
from takar.documents.signing.types import Secret
from takar.documents.signing.validation import signatures_in
from takar.documents.withdrawals import withdraw_document
from takar.files.queries import read
from takar.organisation.models import Employee

KIND = DocumentKind.MEASUREMENT.value
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 99 + b"IEND\xaeB`\x82"


def sign(office: Office, **changes: Any) -> None:
    """Step 5, by the employee."""
    case = office.case()
    data = StepData(seen_sha256=document_of(case).final_file.sha256, **changes)
    advance_case(actor=office.pegawai, step_run_id=case.task_id, data=data, password=PASSWORD)


def ratified(office: Office) -> Document:
    case = office.at_step(6)
    record_act(actor=office.atasan, case_id=case.pk, kind="forward")
    record_act(actor=office.kepala, case_id=case.pk, kind="ratify", password=PASSWORD)
    return document_of(office.case())


def test_three_sign_one_file_and_each_signature_stays_valid(office: Office) -> None:
    document = ratified(office)
    pdf = read(document.final_file)
    found = signatures_in(pdf, office_anchors(), NOW)
    assert [(one.role, one.name, one.valid) for one in found] == [
        (SignedAs.ASSESSOR, "Andi Saputra", True),
        (SignedAs.EMPLOYEE, "Putri Maharani", True),
        (SignedAs.SUPERIOR, "Karta Wijaya", True),
    ]
    assert [one.end for one in found] == [one.file.size for one in document.signatures.select_related("file")]
    assert (document.data["signing"]["signers"], pdf.startswith(read(document.file))) == (
        ["penilai", "pegawai", "atasan"],
        True,
    )


def test_record_says_from_where_over_what_and_with_which_certificate(office: Office) -> None:
    case = office.at_step(5)
    shown = document_of(case).final_file.sha256
    with using(channel="web", address="10.1.2.3"):
        sign(office, pen=Pen(opened={shown: NOW.isoformat()}))
    signature = document_of(office.case()).signatures.select_related("file").get(signed_as=SignedAs.EMPLOYEE)
    certificate = Certificate.objects.get(employee=office.pegawai)
    assert signature.evidence == {
        "certificate": {
            "serial": certificate.serial,
            "fingerprint": certificate.fingerprint,
            "issuer": x509.fingerprint(x509.from_pem(Authority.objects.get().certificate)),
        },
        "level": "PAdES B-B",
        "shown": {"sha256": shown, "opened_at": NOW.isoformat()},
        "acting_as": "pegawai",
        "address": "10.1.2.3",
        "channel": "web",
    }
    told = events_of(case.stream).filter(verb="document.signed").last().after
    assert (told["result"], told["certificate"]) == (signature.file.sha256, certificate.fingerprint)


def test_revoked_certificate_signs_nothing_until_a_new_one_is_issued(office: Office) -> None:
    office.at_step(5)
    revoked = Certificate.objects.get(pk=_certificate(office.pegawai).pk)
    revoke_certificate(actor=office.kasubbag, certificate_id=revoked.pk, reason="Ponsel hilang")
    with pytest.raises(NotAllowed) as told:
        sign(office)
    assert told.value.message.startswith("Sertifikat tanda tangan Putri Maharani sudah dicabut pada 12 Januari 2026")
    assert (office.case().step, document_of(office.case()).signatures.count()) == (5, 1)
    with pytest.raises(NotAllowed):
        renew_certificate(actor=office.atasan, certificate_id=revoked.pk)
    renew_certificate(actor=office.kasubbag, certificate_id=revoked.pk)
    sign(office)
    assert office.case().step == 6
    verbs = list(events_of(f"agency:{office.agency.pk}").values_list("verb", flat=True))
    assert [verb for verb in verbs if verb.startswith(("authority", "certificate"))] == [
        "authority.created",
        "certificate.issued",
        "certificate.issued",
        "certificate.revoked",
        "certificate.issued",
    ]


def _certificate(person: Employee) -> Certificate:
    pair = pair_of(person)
    return Certificate.objects.get(fingerprint=x509.fingerprint(pair.certificate))


def test_certificate_follows_the_name_and_is_made_anew_when_it_expires(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _certificate(office.pegawai)
    assert _certificate(office.pegawai) == first
    office.pegawai.title_back = "S.E."
    second = _certificate(office.pegawai)
    assert (second != first, second.name) == (True, "Putri Maharani, S.E.")
    monkeypatch.setattr(clock, "now", lambda: second.expires_at + dt.timedelta(1))
    third = _certificate(office.pegawai)
    assert list(Certificate.objects.filter(employee=office.pegawai, replaced=False)) == [third]


def test_keys_lie_sealed_and_open_with_their_own_secret_only(office: Office, settings: Any) -> None:
    office.at_step(5)
    rows = [*Certificate.objects.values_list("key", flat=True), *Authority.objects.values_list("key", flat=True)]
    assert [text for text in rows if "PRIVATE" in text or len(text) < 100] == []
    settings.SIGNING_SECRET = "a secret that another installation has"
    with pytest.raises(DomainError, match="bukan rahasia yang menyegelnya"):
        sign(office)
    assert office.case().step == 5


def test_full_disk_leaves_the_step_open_and_nothing_signed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.at_step(5)

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(DomainError) as told:
        patch.setattr("os.replace", full)
        sign(office)
    assert "ruang penyimpanan penuh" in told.value.message
    assert (office.case().step, document_of(office.case()).signatures.count()) == (5, 1)
    sign(office)
    assert office.case().step == 6


# --- how an office signs


def test_office_chooses_how_a_kind_of_document_is_signed(office: Office, settings: Any) -> None:
    assert chosen_method(office.agency, DocumentKind.MEASUREMENT) is SignatureMethod.INTERNAL
    with pytest.raises(NotAllowed):
        choose_method(actor=office.atasan, agency=office.agency, kind=KIND, method="basah")
    for method in ("internal", "pena", "bsre"):
        with pytest.raises(InvalidInput):
            choose_method(actor=office.kasubbag, agency=office.agency, kind=KIND, method=method)
    assert choose_method(actor=office.kasubbag, agency=office.agency, kind=KIND, method="basah") is not None
    assert choose_method(actor=office.kasubbag, agency=office.agency, kind=KIND, method="basah") is None
    told = events_of(f"agency:{office.agency.pk}").get(verb="signing.chosen")
    assert (told.before, told.after) == ({"method": "kantor"}, {"method": "basah"})


def with_ink(office: Office) -> None:
    choose_method(actor=office.kasubbag, agency=office.agency, kind=KIND, method="basah")
    office.at_step(5)


def scan(content: bytes = PNG, **days: dt.date) -> Pen:
    return Pen(scans=(Scan("lembar.png", content, {"penilai": TODAY, "pegawai": TODAY, **days}),))


def test_paper_signed_in_ink_is_kept_with_the_days_of_signing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with_ink(office)
    document = document_of(office.case())
    assert (document.signatures.count(), document.final_file) == (0, document.file)
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(5))
    sign(office, pen=scan(pegawai=TODAY + dt.timedelta(2)))
    signatures = list(document.signatures.select_related("file"))
    assert [(s.signed_as, s.name, s.method, clock.office_date(s.signed_at).day) for s in signatures] == [
        ("penilai", "Andi Saputra", SignatureMethod.INK, 12),
        ("pegawai", "Putri Maharani", SignatureMethod.INK, 14),
    ]
    assert {clock.office_date(dt.datetime.fromisoformat(s.evidence["recorded_at"])).day for s in signatures} == {17}
    document = document_of(office.case())
    assert (office.case().step, read(document.final_file), document.final_file.media_type) == (6, PNG, "image/png")


REFUSED = (
    (Pen, "Cetak naskahnya"),
    (lambda: scan(b"GIF89a"), "Isinya bukan PDF, JPG atau PNG"),
    (lambda: scan(with_script("/OpenAction")), "skrip"),
    (lambda: scan(penilai=TODAY + dt.timedelta(1)), "Tidak boleh sesudah hari ini."),
    (lambda: scan(pegawai=TODAY - dt.timedelta(1)), "Tidak mungkin sebelum dokumen terbit, 12 Januari 2026."),
    (lambda: Pen(scans=(Scan("a.png", PNG, {"penilai": TODAY}),)), "Wajib diisi"),
)


def test_scan_that_cannot_be_taken_leaves_the_step_open(office: Office) -> None:
    with_ink(office)
    for pen, word in REFUSED:
        with pytest.raises(InvalidInput) as told:
            sign(office, pen=pen())
        assert word in str(told.value.problems[0]), word
    assert (office.case().step, document_of(office.case()).signatures.count()) == (5, 0)


# --- signatures that another machine makes


@pytest.fixture
def certified(office: Office, settings: Any, tmp_path: Path) -> Any:
    roots = tmp_path / "bsre.pem"
    roots.write_text(x509.pem(papers.root("BSrE")[0]))
    with service.running() as running:
        settings.BSRE_URL, settings.BSRE_ROOTS, settings.SIGNING_SECONDS = running.address, str(roots), 1
        choose_method(actor=office.kasubbag, agency=office.agency, kind=KIND, method="bsre")
        yield running


def approve(office: Office, secret: Secret) -> None:
    case = office.at_step(4)
    data = StepData(assessment=assessment(case), pen=Pen(secret=secret))
    advance_case(actor=office.atasan, step_run_id=case.task_id, data=data, password=PASSWORD)


RIGHT = Secret(service.NIK, service.PASSPHRASE)


def test_certified_document_is_issued_and_signed_in_one_act(office: Office, certified: service.Service) -> None:
    approve(office, RIGHT)
    document = document_of(office.case())
    signature = document.signatures.get()
    assert (signature.get_method_display(), document.number) == (
        "Tanda tangan elektronik tersertifikasi (BSrE)",
        "800.1.4.4/0001/DINCO/2025",
    )
    assert [one.valid for one in signatures_in(read(document.final_file), office_anchors(), NOW)] == [True]
    assert [address for address, _ in certified.asked] == ["POST /api/v2/user/check/status", "POST /api/v2/sign/pdf"]
    assert service.PASSPHRASE not in str([*events_of(office.case().stream).values(), signature.evidence])


def test_number_taken_meanwhile_is_asked_for_again(office: Office, certified: service.Service) -> None:
    """While the service signs, nothing is locked: another document may take the number."""
    made = certified.sign

    def slow(pdf: bytes) -> bytes:
        certified.sign = made  # type: ignore[method-assign]
        return made(pdf)

    certified.sign = slow  # type: ignore[method-assign]
    original = Pen.fulfil

    def fulfil(pen: Pen, waits: Any) -> None:
        original(pen, waits)
        if len(certified.asked) == 2:
            next_number(office.agency, DocumentKind.MEASUREMENT, 2025)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pen, "fulfil", fulfil)
        approve(office, RIGHT)
    assert document_of(office.case()).number == "800.1.4.4/0002/DINCO/2025"
    assert len(certified.asked) == 4


def test_service_that_fails_leaves_step_4_open_and_no_document(office: Office, certified: service.Service) -> None:
    for manner in ("hangs", "refuses", "another document"):
        certified.manner = manner
        with pytest.raises(DomainError, match="Dokumen belum ditandatangani"):
            approve(office, RIGHT)
    assert (office.case().step, Document.objects.count(), office.case().appraisal.approved_at) == (4, 0, None)


def test_time_stamp_service_that_is_away_signs_nothing(office: Office, settings: Any) -> None:
    office.at_step(5)
    settings.TSA_URL = "http://127.0.0.1:9/tsa"
    with pytest.raises(DomainError, match="Layanan stempel waktu http://127.0.0.1:9/tsa tidak menjawab"):
        sign(office)
    assert (office.case().step, document_of(office.case()).signatures.count()) == (5, 1)


# --- many at once, and taking back


def test_many_documents_are_signed_at_once_each_with_its_own_line(office: Office) -> None:
    for name in ("pegawai", "rekan"):
        case = office.at_step(6, of=name)
        record_act(actor=office.atasan, case_id=case.pk, kind="forward")
    office.at_step(5, of="kasubbag")
    waiting = waiting_signatures(office.kepala)
    assert [(one.case.name, one.ratifies) for one in waiting] == [("Putri Maharani", True), ("Rudi Hartawan", True)]
    choices = [Choice(one.case.pk, True, one.document.final_file.sha256) for one in waiting]
    choices[1] = Choice(choices[1].case_id, True, "0" * 64)
    choices.append(Choice(office.case("kasubbag").pk, False, "0" * 64))
    lines = sign_many(actor=office.kepala, choices=choices, password=PASSWORD)
    assert [(line.name, line.done) for line in lines] == [
        ("Putri Maharani", True),
        ("Rudi Hartawan", False),
        ("-", False),
    ]
    assert "bukan dokumen yang berlaku" in lines[1].message
    assert [one.case.name for one in waiting_signatures(office.kepala)] == ["Rudi Hartawan"]
    assert [(one.case.name, one.ratifies) for one in waiting_signatures(office.kasubbag)] == [("Kania Dewi", False)]


def test_many_are_signed_only_with_the_password_and_something_ticked(office: Office) -> None:
    office.at_step(5)
    (waiting,) = waiting_signatures(office.pegawai)
    choice = Choice(waiting.case.pk, False, waiting.document.final_file.sha256)
    with pytest.raises(NotAllowed, match="Kata sandi"):
        sign_many(actor=office.pegawai, choices=[choice], password="salah")
    with pytest.raises(InvalidInput):
        sign_many(actor=office.pegawai, choices=[], password=PASSWORD)
    assert office.case().step == 5
    assert [line.done for line in sign_many(actor=office.pegawai, choices=[choice], password=PASSWORD)] == [True]
    assert office.case().step == 6


def test_document_is_taken_back_once_with_a_reason_and_not_by_its_subject(office: Office) -> None:
    document = document_of(office.at_step(5))
    for actor in (office.atasan, office.pegawai, office.staf, office.outsider):
        with pytest.raises(NotAllowed):
            withdraw_document(actor=actor, document_id=document.pk, reason="Salah orang")
    with pytest.raises(InvalidInput):
        withdraw_document(actor=office.kepala, document_id=document.pk, reason=" ")
    withdraw_document(actor=office.kepala, document_id=document.pk, reason="Salah orang")
    with pytest.raises(NotAllowed, match="sudah ditarik pada 12 Januari 2026"):
        withdraw_document(actor=office.kasubbag, document_id=document.pk, reason="Salah orang")
    with pytest.raises(NotAllowed, match="tidak dapat ditandatangani"):
        sign(office)
    assert events_of(office.case().stream).get(verb="document.withdrawn").reason == "Salah orang"


def test_time_stamps_make_signatures_last(office: Office, settings: Any, tmp_path: Path) -> None:
    """B-T with the service's address alone; B-LTA with its root as well, and the next signature leaves both valid."""
    office.at_step(4)
    with timestamps.running() as (address, root):
        settings.TSA_URL = address
        office.at_step(5)
        (tmp_path / "tsa.pem").write_text(root)
        settings.TSA_ROOTS = str(tmp_path / "tsa.pem")
        sign(office)
    signatures = document_of(office.case()).signatures.select_related("file")
    assert [one.evidence["level"] for one in signatures] == ["PAdES B-T", "PAdES B-LTA"]
    pdf = read(document_of(office.case()).final_file)
    assert [(one.name, one.valid) for one in signatures_in(pdf, office_anchors(), NOW)] == [
        ("Andi Saputra", True),
        ("Putri Maharani", True),
    ]
    assert (pdf.count(b"/DocTimeStamp"), b"/DSS" in pdf) == (1, True)


def test_second_factor_is_asked_of_whoever_has_one(office: Office) -> None:
    office.at_step(5)
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(office.pegawai.user, secret)
    case = office.case()
    data = StepData(seen_sha256=document_of(case).final_file.sha256)
    act = {"actor": office.pegawai, "step_run_id": case.task_id, "data": data, "password": PASSWORD}
    for wrong in ("", "000000", "abc"):
        with pytest.raises(NotAllowed, match="Kode dari aplikasi autentikator salah"):
            advance_case(**act, code=wrong)
    right = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    assert advance_case(**act, code=right).step == 6


def test_installation_may_let_nobody_sign_without_a_second_factor(office: Office, settings: Any) -> None:
    settings.SECOND_FACTOR_TO_SIGN = True
    case = office.at_step(4)
    with pytest.raises(NotAllowed, match="mewajibkan faktor kedua"):
        advance_case(actor=office.atasan, step_run_id=case.task_id, data=StepData(), password=PASSWORD)
    assert office.case().step == 4


def test_document_from_before_keeps_its_way_and_gets_a_second_printing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("takar.documents.actions.chosen_method", lambda *_: SignatureMethod.PASSWORD)
    document = document_of(office.at_step(6))
    assert [(one.method, one.file) for one in document.signatures.all()] == [(SignatureMethod.PASSWORD, None)] * 2
    assert (document.signed_file is not None, document.final_file) == (True, document.signed_file)
    assert document.file.sha256 in all_text(read(document.final_file))
    record_act(actor=office.atasan, case_id=office.case().pk, kind="forward")
    record_act(actor=office.kepala, case_id=office.case().pk, kind="ratify", password=PASSWORD)
    assert document.signatures.count() == 2
