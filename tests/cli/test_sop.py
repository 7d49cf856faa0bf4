"""takar sop: what is said of a file and of the office's own version."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from tests.office import PEOPLE, Office
from tests.rules.test_flow import SHIPPED, shipped_data

from takar import cli

KEPALA = PEOPLE["kepala"][0]


def lint(*words: str) -> int:
    return cli.main(["sop", "lint", *words])


def test_lint_of_the_shipped_file_prints_each_finding(capsys: Any) -> None:
    assert lint(str(SHIPPED), "--on", "2023-07-10") == 1
    lines = capsys.readouterr().out.splitlines()
    assert (len(lines), lines[-1]) == (17, "16 temuan.")
    assert lines[0].startswith("Salah: Nomor SOP: Nomornya, “2023”, hanya tahun")
    assert lint(str(SHIPPED), "--on", "2023-07-10", "--as-read") == 1
    assert capsys.readouterr().out.splitlines()[-1] == "14 temuan."


def test_lint_says_what_cannot_be_executed(tmp_path: Path, capsys: Any) -> None:
    data = json.loads(json.dumps(copy.deepcopy(shipped_data()), default=str))
    data["flow"]["steps"][3]["actor"] = "kasubbag"
    file = tmp_path / "sop.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    assert lint(str(file), "--on", "2023-07-10") == 1
    assert "Tidak dapat dijalankan: Langkah 4: Yang menilai harus Atasan Langsung" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "told"),
    [("key = 'x'", "bukan SOP yang dapat dijalankan."), ("= = =", "tidak terbaca sebagai TOML atau JSON")],
)
def test_lint_of_what_is_no_sop_says_so(tmp_path: Path, capsys: Any, content: str, told: str) -> None:
    file = tmp_path / "sop.toml"
    file.write_text(content, encoding="utf-8")
    assert (lint(str(file)), told in capsys.readouterr().err) == (1, True)


def test_lint_of_the_office_and_of_nothing(office: Office, capsys: Any) -> None:
    assert lint("--as", KEPALA) == 1
    assert "Dasar Hukum butir 5" in capsys.readouterr().out
    assert lint("--as", KEPALA, "--version", "9") == 1
    assert "Versi SOP itu tidak ada." in capsys.readouterr().err
    assert lint() == 1
    assert "belum jelas" in capsys.readouterr().err
