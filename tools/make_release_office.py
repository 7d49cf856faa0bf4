# ruff: noqa: INP001 -- a script, not a package
"""Keep a small office as this version makes it, for the tests of every later version.

    .venv/bin/python tools/make_release_office.py

To be run at each release, from the release's own code. Writes tests/upgrades/<version>.tar.xz: the SQLite database, the
keys and the stored files of an office of the tests' cast with cases at most steps, under two regulations; and in
office.json what must be found there for ever: who stands where, with which result, in which document, after how many
events.
"""

import contextlib
import hashlib
import io
import json
import os
import sqlite3
import sys
import tarfile
import tomllib
from pathlib import Path
from typing import Any
from unittest import mock

ROOT = Path(__file__).resolve().parents[1]
UPGRADES = ROOT / "tests" / "upgrades"
EXPECTED = "office.json"
DATABASE = "takar.sqlite3"
# Whose case stands where under PP 46/2011; 8 is archived. Every signed document weighs some 40 KB here.
AT = {"pegawai": 8, "rekan": 2, "staf": 3, "atasan_lain": 4, "staf2": 5, "atasan": 7}


def main() -> Path:
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django  # noqa: PLC0415 -- after the path is known

    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- likewise
    from django.db import connections  # noqa: PLC0415 -- likewise

    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    expected = fill()
    connections.close_all()
    target = UPGRADES / f"{version()}.tar.xz"
    target.parent.mkdir(exist_ok=True)
    pack(folder, expected, target)
    sys.stdout.write(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} KB\n")
    return target


def version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def fill() -> dict[str, Any]:
    """The office, made by the acts of its people, and what must be found in it."""
    from takar.cli.migrate import prepare_database  # noqa: PLC0415 -- needs Django

    prepare_database()
    from tests.office import NOW, OUTSIDER, PASSWORD, PEOPLE, make_office  # noqa: PLC0415 -- likewise
    from tests.six import achieve, at_step6, six_office  # noqa: PLC0415 -- likewise

    from takar.audit.actions import make_checkpoint  # noqa: PLC0415 -- likewise
    from takar.casework.actions import add_evidence, return_case  # noqa: PLC0415 -- likewise
    from takar.common import clock  # noqa: PLC0415 -- likewise

    with mock.patch.object(clock, "now", return_value=NOW):
        office = make_office()
        case = office.case()
        add_evidence(
            actor=office.staf, step_run_id=case.task_id, item=1, files=[("bukti.pdf", b"%PDF-1.7 bukti dukung")]
        )
        for name, step in AT.items():
            office.at_step(step, of=name)
        case = office.at_step(2, of="kasubbag")
        return_case(actor=office.owner(case), step_run_id=case.task_id, to_step=1, reason="Lengkapi buktinya.")
        later = six_office(office)
        achieve(later)
        at_step6(later, 8)
        make_checkpoint()
    people = {name: row[0] for name, row in PEOPLE.items()} | {"outsider": OUTSIDER[0]}
    return {"version": version(), "password": PASSWORD, "people": people, **facts()}


def facts() -> dict[str, Any]:
    """What no later version may read otherwise, each row in words that outlive tables."""
    from takar.audit.models import Event  # noqa: PLC0415 -- needs Django
    from takar.casework.models import Case  # noqa: PLC0415 -- likewise
    from takar.documents.models import Document  # noqa: PLC0415 -- likewise
    from takar.files.models import StoredFile  # noqa: PLC0415 -- likewise

    cases = Case.objects.select_related("appraisal", "period").order_by("pk")
    documents = Document.objects.select_related("file").order_by("number")
    return {
        "cases": [
            [str(case.pk), case.period.year, case.nip, case.step, digest(case.appraisal.result)] for case in cases
        ],
        "documents": [[str(document.pk), document.number, document.file.sha256] for document in documents],
        "files": sorted(StoredFile.objects.values_list("sha256", flat=True)),
        "events": Event.objects.count(),
    }


def digest(result: Any) -> str:
    """A stored result with every line of its working, shortened; empty while there is none."""
    return hashlib.sha256(json.dumps(result, sort_keys=True).encode()).hexdigest() if result else ""


def pack(folder: Path, expected: dict[str, Any], target: Path) -> None:
    """One archive, the same order and times whenever it is made."""
    with contextlib.closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
        database.execute("VACUUM")
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found[EXPECTED] = json.dumps(expected, indent=1, sort_keys=True).encode()
    with tarfile.open(target, "w:xz", preset=9) as tar:
        for name, content in sorted(found.items()):
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(content), 0o600
            tar.addfile(member, io.BytesIO(content))


if __name__ == "__main__":
    main()
