"""takar aftermath: what it prints, what it records, and that the browser's rules hold."""

import json
from pathlib import Path

import pytest
from tests.casework.aftermath_days import acts
from tests.office import PASSWORD, Office, assessment

from takar.casework.models import Act
from takar.casework.steps import document_of
from takar.cli import main

Capture = pytest.CaptureFixture[str]


def run(office: Office, who: str, *words: str) -> int:
    return main(["aftermath", "--as", office.people[who].nip or "", office.case().code, *words])


def test_terms_and_acts_are_printed(office: Office, capsys: Capture) -> None:
    office.at_step(5)
    assert run(office, "pegawai", "--do", "object", "--text", "Capaian keliru.") == 0
    out = capsys.readouterr().out
    assert "✓ Keberatan diajukan" in out
    assert (
        "pegawai yang dinilai: Menandatangani dan mengembalikan hasil penilaian: paling lambat 26 Januari 2026" in out
    )
    assert "12 Januari 2026 Keberatan diajukan, oleh Putri Maharani (pegawai yang dinilai)\n    Capaian keliru." in out


def test_reasons_are_kept_from_whoever_may_not_read_them(office: Office, capsys: Capture) -> None:
    office.at_step(5)
    acts(office, "objected")
    assert run(office, "staf") == 0
    out = capsys.readouterr().out
    assert "Keberatan diajukan" in out
    assert "Isi object." not in out


def test_result_is_changed_from_a_file(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    office.at_step(5)
    acts(office, "heard")
    monkeypatch.setenv("TAKAR_PASSWORD", PASSWORD)
    given = assessment(office.case())
    behaviour = {aspect: str(value) for aspect, value in given.behaviour.items()}
    path = tmp_path / "nilai.json"
    path.write_text(json.dumps({"quality": {"1": "96", "2": "85"}, "behaviour": behaviour}), encoding="utf-8")
    assert run(office, "kepala", "--do", "change", "--text", "Terbukti.", "--assessment", str(path)) == 0
    assert document_of(office.case()).data["final"]["value"] == "91,08"
    assert "berlaku sejak 12 Januari 2026." in capsys.readouterr().out


def test_what_is_not_ones_act_is_refused_in_words(office: Office, capsys: Capture) -> None:
    office.at_step(5)
    assert run(office, "atasan", "--do", "object", "--text", "Bukan saya.") == 1
    assert "adalah tindakan pegawai yang dinilai, bukan tindakan Anda" in capsys.readouterr().err
    assert not Act.objects.exists()
