import io
import json
from pathlib import Path

import pytest
from tests.rules.scoring import permenpan6_forms
from tests.rules.scoring.pp46_forms import form, with_change

from takar.cli.score import run


def write(folder: Path, data: object) -> str:
    file = folder / "formulir.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    return str(file)


def test_score_prints_the_result_with_its_working(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([write(tmp_path, form())]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["values"]["final"]["printed"] == "84,80"
    assert answer["lines"][-1]["key"] == "final"


def test_score_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(form()).encode())))
    assert run(["-"]) == 0
    assert json.loads(capsys.readouterr().out)["method"] == "pp46-2011"


def test_score_reads_json_decimals_exactly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "formulir.json"
    file.write_text(json.dumps(with_change(form(), "activities.0.realisation.time", "#")).replace('"#"', "9.12"))
    assert run([str(file)]) == 0
    lines = {line["key"]: line["exact"] for line in json.loads(capsys.readouterr().out)["lines"]}
    assert lines["activities.0.time"] == "100/1"


def test_score_prints_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = form(additional_tasks=[{"name": "Panitia"}])
    assert run([write(tmp_path, data), "--format", "text"]) == 0
    out = capsys.readouterr().out
    assert "Nilai capaian kegiatan (Menyusun laporan) = 88,00" in out
    assert "    TW = 12; RW = 12; efisiensi waktu (%) = 0\n" in out
    assert "  final: 85,40 (Baik)\n" in out
    assert "  additional_tasks.0: Tugas tambahan “Panitia” belum mencantumkan surat keterangan" in out


def test_score_prints_text_without_an_empty_heading(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([write(tmp_path, form()), "--format", "text"]) == 0
    assert "Catatan:" not in capsys.readouterr().out


def test_score_prints_a_rating_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([write(tmp_path, permenpan6_forms.form()), "--format", "text"]) == 0
    assert "  final: Baik\n" in capsys.readouterr().out


def test_score_takes_the_method_of_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([write(tmp_path, form()), "--method", "permenpan6-2022"]) == 2
    assert "method: Pilihlah salah satu: permenpan6-2022." in capsys.readouterr().err


def test_score_chooses_the_method_by_the_period(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = form()
    del data["method"]
    assert run([write(tmp_path, data)]) == 0
    assert json.loads(capsys.readouterr().out)["method"] == "pp46-2011"


def test_score_names_every_wrong_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = with_change(with_change(form(), "behaviour.disiplin", 101), "activities.0.target.time", 0)
    assert run([write(tmp_path, data)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "activities.0.target.time: Harus lebih dari 0 karena menjadi pembagi; isilah target yang sebenarnya.",
        "behaviour.disiplin: Paling tinggi 100, yang diisi 101; perbaiki nilainya.",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "Berkas bukan JSON yang benar"),
        (b"[1]", "Isi berkas harus satu objek JSON"),
        (b"\xff\xfe", "Berkas bukan teks UTF-8"),
        (b'{"period": 1, "period": 2}', "period: Isian ini ada dua kali; hapus salah satu."),
        (b"[" * 200_000, "Berkas bukan JSON yang benar"),
        (b'{"a": ' + b"9" * 5000 + b"}", "Berkas bukan JSON yang benar"),
        (b" " * 5_000_001, "Berkas lebih dari 5 MB"),
        (b"{}", "period.start: "),
        (b'{"period": {"start": "2013-01-01", "end": "2013-12-31"}}', "masa berlaku satu peraturan"),
        (b'{"method": "dp3"}', "Metode “dp3” tidak dikenal"),
    ],
)
def test_score_refuses_a_broken_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, reason: str
) -> None:
    file = tmp_path / "rusak.json"
    file.write_bytes(content)
    assert run([str(file)]) == 2
    assert reason in capsys.readouterr().err


def test_score_says_that_a_file_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(tmp_path / "tidak-ada.json")]) == 2
    assert capsys.readouterr().err.startswith("Berkas tidak dapat dibaca (")


def test_score_asks_for_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "Sebutkan berkas JSON" in capsys.readouterr().err


def test_score_prints_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--schema", "pp46-2011"]) == 0
    assert json.loads(capsys.readouterr().out)["$id"] == "urn:takar:masukan:pp46-2011"


def test_score_lists_the_methods(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--methods"]) == 0
    assert json.loads(capsys.readouterr().out)[0] == {
        "id": "pp46-2011",
        "title": "Penilaian prestasi kerja PNS (PP 46/2011)",
        "basis": "PP 46/2011 dan Peraturan Kepala BKN 1/2013",
        "valid_from": "2014-01-01",
        "valid_until": "2021-06-30",
    }
