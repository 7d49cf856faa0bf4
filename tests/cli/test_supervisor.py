"""What is forked has no threads: a fork would wait for ever for those of the typesetter."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

LOADED = """
import django; django.setup()
from takar.cli.supervisor import load_program
{before}
load_program()
import multiprocessing; print(multiprocessing.get_start_method())
"""
SETS_A_DOCUMENT = 'import typst; typst.compile("= Judul".encode()) and None'


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked elsewhere")
@pytest.mark.parametrize(("before", "way"), [("pass", "fork"), (SETS_A_DOCUMENT, "spawn")])
def test_process_that_has_threads_is_not_forked(tmp_path: Path, before: str, way: str) -> None:
    environment = os.environ | {"TAKAR_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(before=before)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [way]
