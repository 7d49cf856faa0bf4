"""Signing on the command line: what waits, many at once, a scan signed in ink, and the office's way to sign."""

from pathlib import Path

import pytest
from tests.documents.test_emblems import png
from tests.office import PASSWORD, Office

from takar.casework.steps import document_of
from takar.cli import main
from takar.documents.enums import SignatureMethod

PEGAWAI, REKAN = "SKP-2025-198507072010072007", "SKP-2025-198608082011081008"


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAKAR_PASSWORD", PASSWORD)


def told(capsys: pytest.CaptureFixture[str], *words: str, who: str, code: int = 0) -> str:
    assert main(["sign", words[0], "--as", who, *words[1:]]) == code
    out, err = capsys.readouterr()
    return out + err


def test_documents_are_listed_read_and_signed(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = document_of(office.at_step(5))
    mine = office.pegawai.nip or ""
    shown = told(capsys, "list", "--save", str(tmp_path), who=mine)
    assert f"{PEGAWAI} Putri Maharani: dokumen {document.number} menunggu ditandatangani" in shown
    assert f"SHA-256 {document.final_file.sha256}" in shown
    assert (tmp_path / "800.1.4.4-0001-DINCO-2025.pdf").read_bytes().startswith(b"%PDF-")
    assert "Sebutkan nomor berkas, atau --all." in told(capsys, "documents", who=mine, code=1)
    assert "Tidak menunggu tanda tangan Anda." in told(capsys, "documents", REKAN, who=mine, code=1)
    monkeypatch.setenv("TAKAR_PASSWORD", "bukan-itu")
    assert "Kata sandi yang dimasukkan salah" in told(capsys, "documents", "--all", who=mine, code=1)
    monkeypatch.setenv("TAKAR_PASSWORD", PASSWORD)
    assert told(capsys, "documents", "--all", who=mine).startswith(f"✓ {PEGAWAI} Putri Maharani")
    assert office.case().step == 6
    assert told(capsys, "list", who=mine) == "Tidak ada dokumen yang menunggu tanda tangan.\n"


def test_office_chooses_ink_and_the_scan_is_recorded(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, mine, scan = office.kasubbag.nip or "", office.pegawai.nip or "", tmp_path / "lembar.png"
    scan.write_bytes(png())
    assert told(capsys, "method", who=desk).startswith("dokumen_pengukuran: kantor (")
    assert told(capsys, "method", "dokumen_pengukuran", "basah", who=desk).startswith("dokumen_pengukuran: basah (")
    assert "Pilih satu dari daftar." in told(capsys, "method", "dokumen_pengukuran", "cap", who=desk, code=1)
    office.at_step(5)
    assert "penilai=2026-01-12" in told(capsys, "scan", PEGAWAI, str(scan), "--on", "12-01", who=mine, code=1)
    days = ("--on", "penilai=2026-01-12", "--on", "pegawai=2026-01-12")
    assert told(capsys, "scan", PEGAWAI, str(scan), *days, who=mine).startswith(f"✓ {PEGAWAI}")
    document = document_of(office.case())
    methods = [signature.method for signature in document.signatures.all()]
    assert (office.case().step, methods) == (6, [SignatureMethod.INK] * 2)
