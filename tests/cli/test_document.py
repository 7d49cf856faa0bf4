"""One PDF on the command line: with the database, and on a machine that has nothing but the trust file."""

from pathlib import Path

import pytest
from tests.office import Office

from takar.casework.steps import document_of
from takar.cli import document, main
from takar.common.errors import InvalidInput
from takar.files.queries import read


def test_document_is_examined_with_the_database_and_with_a_trust_file(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf, kept = tmp_path / "a.pdf", tmp_path / "kepercayaan.json"
    found = document_of(office.at_step(6))
    pdf.write_bytes(read(found.final_file))
    assert main(["trust", "export", str(kept)]) == 0
    told = capsys.readouterr().out
    assert f"Berkas kepercayaan ditulis ke {kept}, ditandatangani kunci titik periksa." in told
    key = told.split("Sidik kuncinya: ")[1].splitlines()[0]
    assert main(["verify", str(pdf)]) == 0
    online = capsys.readouterr().out.splitlines()
    assert online[0] == "Asli. Dokumen ini tercatat dan berlaku."
    assert online[2] == (
        "  Pejabat penilai: Tanda tangan elektronik tidak tersertifikasi (sertifikat kantor), "
        "12 Januari 2026 pukul 09.30 WITA"
    )
    monkeypatch.setattr("takar.cli.migrate.check_database", lambda: pytest.fail("asked for a database"))
    assert main(["verify", str(pdf), "--trust", str(kept)]) == 0
    offline = capsys.readouterr().out.splitlines()
    dated = "Menurut berkas kepercayaan tertanggal 12 Januari 2026 pukul 09.30 WITA, yang ditandatangani kunci"
    assert offline == [f"{dated} {key} (cocokkan dengan sidik dari kantornya):", *online]
    assert main(["verify", str(pdf), "--trust", str(kept), "--fingerprint", key[:39].upper()]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{dated} kantor itu:", *online]
    assert main(["verify", str(pdf), "--trust", str(kept), "--fingerprint", "0" * 64]) == 1
    assert f"ditandatangani kunci lain ({key})" in capsys.readouterr().err
    pdf.write_bytes(pdf.read_bytes() + b"% tambahan\n%%EOF\n")
    assert main(["verify", str(pdf), "--trust", str(kept)]) == 1
    assert "Sudah diubah." in capsys.readouterr().out


def test_file_that_is_too_large_or_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "besar.pdf"
    with large.open("wb") as file:
        file.truncate(500 * 1024 * 1024)
    with pytest.raises(InvalidInput, match="besarnya 500 MB, terlalu besar untuk sebuah dokumen; tidak dibaca"):
        document.examine_file(large, None)
    with pytest.raises(InvalidInput, match="tidak dapat dibaca"):
        document.examine_file(tmp_path / "tiada.pdf", None)
