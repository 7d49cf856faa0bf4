"""The command line as a process of its own: settings, pipes, consoles, exit codes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import CODE, DEMO, PASSWORD, STAF, SUPERIOR, Answer
from tests.cli.test_refusals import WAITING_AT_4
from tests.cli.test_story import ASSESSMENT, as_file
from tests.once import demonstration

import takar

SOURCE = Path(takar.__file__).parents[1]


def environment(data: Path, **changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TAKAR_", "DJANGO_"))}
    return kept | {"TAKAR_DATA": str(data), "PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "utf-8"} | changes


def process(data: Path, *words: object, **changes: str) -> Answer:
    command = [sys.executable, "-m", "takar", *map(str, words)]
    done = subprocess.run(
        command,
        env=environment(data, **changes),
        cwd=data.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration that the process `takar demo --fill-only` made in a folder that did not exist before."""
    return shutil.copytree(demonstration(), tmp_path_factory.mktemp("own") / "data")


def test_step_is_signed_by_a_script(filled: Path, tmp_path: Path) -> None:
    """The passwords of a real installation are hashed slowly, and a script gives its own in the environment."""
    given = as_file(tmp_path, ASSESSMENT)
    words = ["act", "--as", SUPERIOR, WAITING_AT_4, "--assessment", given]
    assert process(filled, *words, TAKAR_PASSWORD="salah").err.startswith("Kata sandi yang dimasukkan salah.")
    done = Answer(0, f"✓ {WAITING_AT_4} Maya Puspitasari, S.IP.: Selesai.\n", "")
    assert process(filled, *words, TAKAR_PASSWORD=PASSWORD) == done
    assert process(filled, "verify", "--quiet") == Answer(0, "", "")


def test_console_without_a_sign_does_not_stop_an_act(filled: Path) -> None:
    form = DEMO / "formulir" / "budi-hartono.xlsx"
    collected = process(filled, "forms", "--as", STAF, "--collect", form, PYTHONIOENCODING="ascii")
    assert collected == Answer(0, f"? budi-hartono.xlsx {CODE} Budi Hartono, S.E.: Terbaca.\n", "")


def test_reader_that_has_seen_enough_is_no_error(filled: Path) -> None:
    command = [sys.executable, "-m", "takar", "tasks", "--as", STAF]
    with subprocess.Popen(command, env=environment(filled), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert (running.stderr.read(), running.wait(30)) == (b"", 0)


UNPREPARED = "Basis data belum disiapkan untuk versi ini; jalankan dahulu: takar migrate\n"
CURE = "Periksa TAKAR_DATA, TAKAR_DATABASE_URL dan ruang penyimpanan, lalu ulangi; tidak ada yang berubah.\n"


def test_folder_that_was_never_prepared_is_told(tmp_path: Path) -> None:
    assert process(tmp_path / "data", "tasks", "--as", STAF) == Answer(1, "", UNPREPARED)


def test_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    tmp_path.joinpath("takar.sqlite3").write_bytes(b"bukan basis data" * 100)
    said = f"Basis data tidak dapat dipakai (file is not a database). {CURE}"
    assert process(tmp_path, "tasks", "--as", STAF) == Answer(1, "", said)


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        (
            {"TAKAR_CHECKPOINT_MINUTES": "sering"},
            "TAKAR_CHECKPOINT_MINUTES adalah 'sering'; isilah dengan bilangan bulat, misalnya 15.",
        ),
        ({"TAKAR_DATA": "/dev/null/takar"}, "[Errno 20] Not a directory: '/dev/null/takar'"),
    ],
)
def test_setting_that_cannot_be_used_is_told(tmp_path: Path, setting: dict[str, str], reason: str) -> None:
    said = f"Pengaturan Takar tidak dapat dipakai: {reason}\n"
    assert process(tmp_path / "data", "tasks", "--as", STAF, **setting) == Answer(1, "", said)
