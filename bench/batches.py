"""Work on many at once: how fast, how much memory at two sizes, what is told meanwhile, and what a kill leaves.

    .venv/bin/python bench/batches.py [--only scoring files forms signatures import]
        [--plans 1000000] [--sheet 20000] [--files 100000] [--forms 5000] [--signatures 5000] [--people 10000]

Each part runs in a process of its own, scoring, files and import twice: once with a tenth, once with all. Forms and
signatures are jobs whose worker is killed halfway (`resumed.py`); the spreadsheet is LibreOffice's (`spreadsheet.py`).
"""

import argparse
import datetime as dt
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT), str(ROOT / "src")]

import make_office  # noqa: E402 -- after the path is known
import many_plans  # noqa: E402 -- likewise
import resumed  # noqa: E402 -- likewise

TENTHS = 10


def tell(text: str) -> None:
    print(f"  … {text}", flush=True)


def importing(count: int) -> dict[str, float]:
    """A staff list as XLSX: written, examined, taken in, and given once more."""
    from takar.casework.installing import create_installation
    from takar.cli.migrate import prepare_database
    from takar.exchange.actions import apply, upload
    from takar.exchange.models import ImportKind

    prepare_database()
    admin = create_installation(
        name="Dinas Ukur", short_name="UKUR", region="Kabupaten Contoh", place="Contoh", nip="199001012010011001",
        admin_name="Administrator", password=make_office.PASSWORD,
    )  # fmt: skip
    content = _staff_list(count)
    seconds = {}
    for label in ("first", "again, nothing changes"):
        begun = time.perf_counter()
        batch = upload(actor=admin, agency=admin.agency, kind=ImportKind.STAFF, name="pegawai.xlsx", content=content)
        apply(actor=admin, batch_id=batch.pk, on=make_office.START)
        seconds[label] = count / (time.perf_counter() - begun)
    return seconds


def _staff_list(count: int) -> bytes:
    """As an office sends it."""
    from takar.exchange.formats.staff import StaffRow, write_staff
    from takar.organisation.enums import PersonKind, PostKind, Standing

    rows = []
    for i in range(count):
        row = StaffRow(
            i + 1, make_office.nip(i), f"Pegawai {i:06d}", "", "", PersonKind.PNS, "III/a", "Analis", PostKind.GENERAL, "",
            f"Unit {i // 50}", Standing.ACTIVE, superior_nip=make_office.nip(i // 12) if i else "",
            superior_name="" if i else "H. Bupati", superior_post="" if i else "Bupati",
        )  # fmt: skip
        rows.append(row)
    return write_staff(rows)


def files(count: int) -> dict[str, float]:
    """Files are put into the store and their rows in bulk; then `takar verify --files`, killed once and resumed."""
    from takar.cli.migrate import prepare_database
    from takar.common import clock
    from takar.files.models import StoredFile
    from takar.files.store import office_store

    prepare_database()
    store, rows, body = office_store(), [], b"x" * 4096
    root = Path(store.root)
    for number in range(count):
        content = b"%d" % number + body
        sha256 = hashlib.sha256(content).hexdigest()
        path = root / store.place(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        at = clock.now() + dt.timedelta(microseconds=number)
        rows.append(StoredFile(sha256=sha256, size=len(content), media_type="text/plain", name="b", created_at=at))
    StoredFile.objects.bulk_create(rows, batch_size=2000)
    rows.clear()
    tell(f"{count:,} files of 4 KB and their rows are there")
    command = [sys.executable, "-m", "takar", "verify", "--files"]
    begun = time.perf_counter()
    subprocess.run(command, check=True)
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    _killed_and_resumed(command, Path(os.environ["TAKAR_DATA"]) / "verify-files.json", count)
    return {"files examined": count / seconds, "memory of the command, MB": memory}


def _killed_and_resumed(command: list[str], kept: Path, count: int) -> None:
    """Killed once half is examined; then it goes on from the place that it keeps in the data folder."""
    first = subprocess.Popen([*command, "--quiet"])
    while first.poll() is None and _place(kept) < count // 2:
        time.sleep(0.01)
    first.kill()
    first.wait()
    tell(f"killed (SIGKILL); the place kept is after file {_place(kept):,} of {count:,}")
    begun = time.perf_counter()
    subprocess.run([*command, "--resume"], check=True)
    tell(f"resumed to the end in {time.perf_counter() - begun:.1f} s")


def _place(kept: Path) -> int:
    """How many files the examination has noted; the note may be half written at this moment."""
    try:
        return int(json.loads(kept.read_text())["count"])
    except (OSError, ValueError):
        return 0


PARTS = {
    "scoring": lambda count: many_plans.scoring(count, tell),
    "files": files,
    "forms": lambda count: resumed.forms(count, tell),
    "signatures": lambda count: resumed.signatures(count, tell),
    "import": importing,
}
# Started by the parts above.
WITHIN = {"worker": lambda _count: resumed.work(), "sheet": lambda count: many_plans.sheet(count, tell)}
# How many by default, and the option that says otherwise.
SIZES = {"plans": 1_000_000, "files": 100_000, "forms": 5_000, "signatures": 5_000, "people": 10_000}
# Those of which memory is shown at a tenth and at all; the jobs tell it while they go on.
TWICE = {"import", "scoring", "files"}


def main() -> None:
    args = _arguments()
    if args.part:
        make_office.prepare(Path(args.data))
        _show((PARTS | WITHIN)[args.part](args.count))
        return
    for part in args.only or PARTS:
        count = {"scoring": args.plans, "import": args.people}.get(part) or getattr(args, part)
        for size in [count // 10, count] if part in TWICE else [count]:
            print(f"{part}, {size:,}", flush=True)
            _run(part, size)
        if part == "scoring" and args.sheet:
            print(f"sheet, {args.sheet:,}", flush=True)
            _run("sheet", args.sheet)


def _show(found: dict[str, float]) -> None:
    for label, value in {**found, "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}.items():
        print(
            f"  {label:42} {value:12,.1f}{'' if label.endswith(('MB', 'seconds', 'ms')) else ' a second'}", flush=True
        )


def _run(part: str, count: int) -> None:
    """In a process of its own, so that its memory is its own; the folder goes with it."""
    folder = tempfile.mkdtemp(prefix="takar-batch-")
    own = {"PYTHONPATH": str(ROOT / "src"), "TAKAR_DATA": folder, "TAKAR_JOB_LEASE_SECONDS": str(resumed.LEASE_SECONDS)}
    words = ["--part", part, "--count", str(count), "--data", folder]
    try:
        subprocess.run([sys.executable, __file__, *words], env=os.environ | own, check=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in SIZES.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--sheet", type=int, default=20_000, help="plans that LibreOffice recalculates")
    parser.add_argument("--only", nargs="*", choices=PARTS)
    parser.add_argument("--part", choices=[*PARTS, *WITHIN], help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--data", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
