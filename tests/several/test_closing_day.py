"""The load model of a closing day in its short form: every step by HTTP, no error, and nothing lost."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SMALL = [
    "--people",
    "10",
    "--offices",
    "1",
    "--superiors",
    "2",
    "--minutes",
    "0.1",
    "--patience",
    "1000",
    "--threads",
    "4",
]


def test_small_office_closes_its_year_and_loses_nothing() -> None:
    command = [sys.executable, str(ROOT / "bench" / "closing_day.py"), *SMALL, "--processes", "1", "--no-idle"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    counted = re.search(r"^(\d+) dari (\d+) berkas diarsipkan", done.stdout, re.MULTILINE)
    assert counted is not None, done.stdout
    archived, cases = map(int, counted.groups())
    assert cases >= 7, done.stdout
    assert archived == cases, done.stdout
    assert "galat: 0; tindakan yang hilang: 0" in done.stdout
