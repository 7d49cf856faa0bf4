"""Work on many at once: how fast, how much memory at two sizes, what is told meanwhile, and what a kill leaves.

    .venv/bin/python bench/batches.py [--people 10000] [--forms 300] [--signatures 200] [--plans 1000000] [--files 100000]

Each part runs in a process of its own, twice where memory matters: once with a tenth, once with all.
"""

import argparse
import datetime as dt
import hashlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT), str(ROOT / "src")]

import make_office  # noqa: E402 -- after the path is known

SAMPLE = 20_000


def scoring(count: int) -> dict[str, float]:
    """Plans of ten activities: the exact quick values, the explained ones and a plain loop over a sample of the same."""
    from takar.rules.scoring.pp46_2011 import PP46_2011, bulk
    from takar.rules.scoring.pp46_2011.inputs import Activity, Inputs, Measure, Plan

    dice = random.Random(4)  # noqa: S311 -- figures, not secrets
    behaviour = {key: Decimal(dice.randint(7000, 9900)) / 100 for key in ("orientasi_pelayanan", "integritas", "komitmen", "disiplin", "kerja_sama")}  # fmt: skip

    def plan() -> Inputs:
        activities = []
        for number in range(10):
            target = Measure(Decimal(dice.randint(1, 60)), Decimal(100), Decimal(12))
            done = Measure(Decimal(dice.randint(1, 60)), Decimal(dice.randint(7000, 9900)) / 100, Decimal(dice.randint(600, 1300)) / 100)  # fmt: skip
            activities.append(Activity(f"Kegiatan {number}", target, done))
        return Inputs(None, None, False, (Plan("", tuple(activities)),), None, (), (), behaviour)

    plans = [plan() for _ in range(SAMPLE)]
    seconds = {}
    begun = time.perf_counter()
    for number in range(count):
        bulk.rounded(bulk.values_of(plans[number % SAMPLE])["final"])
    seconds["exact, whole numbers"] = count / (time.perf_counter() - begun)
    few = plans[: SAMPLE // 40]
    begun = time.perf_counter()
    explained = [PP46_2011.score(inputs).values["final"].rounded for inputs in few]
    seconds["exact, with its working"] = len(few) / (time.perf_counter() - begun)
    begun = time.perf_counter()
    floats = [_plain(inputs) for inputs in plans]
    seconds["plain loop of floats (not exact)"] = SAMPLE / (time.perf_counter() - begun)
    begun = time.perf_counter()
    for inputs in few:
        _decimals(inputs)
    seconds["plain loop of Decimal (28 digits)"] = len(few) / (time.perf_counter() - begun)
    assert explained == [bulk.rounded(bulk.values_of(inputs)["final"]) for inputs in few]
    exact = [bulk.rounded(bulk.values_of(inputs)["final"]) for inputs in plans]
    print(
        f"  of {SAMPLE:,} the floats round {sum(str(e) != f'{f:.2f}' for e, f in zip(exact, floats, strict=True))} otherwise"
    )
    return seconds


def _plain(inputs: object) -> float:
    total = 0.0
    for one in inputs.plans[0].activities:
        used = float(one.realisation.time) / float(one.target.time) * 100
        time_value = 176 - used if 100 - used <= 24 else 76 - ((176 - used) - 100)
        quantity = float(one.realisation.quantity) / float(one.target.quantity) * 100
        total += (quantity + float(one.realisation.quality) / float(one.target.quality) * 100 + time_value) / 3
    behaviour = sum(map(float, inputs.behaviour.values())) / len(inputs.behaviour)
    return total / len(inputs.plans[0].activities) * 0.6 + behaviour * 0.4


def _decimals(inputs: object) -> Decimal:
    total, hundred = Decimal(), Decimal(100)
    for one in inputs.plans[0].activities:
        used = one.realisation.time / one.target.time * hundred
        time_value = 176 - used if hundred - used <= 24 else 76 - ((176 - used) - hundred)
        total += (one.realisation.quantity / one.target.quantity * hundred + one.realisation.quality + time_value) / 3
    behaviour = sum(inputs.behaviour.values(), Decimal()) / len(inputs.behaviour)
    return (total / 10 * 60 + behaviour * 40) / hundred


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


def forms(count: int) -> dict[str, float]:
    from tests.documents.forms import samples

    from takar.documents.forms.render import render

    render("dokumen_pengukuran", samples.measurement())
    begun = time.perf_counter()
    for _ in range(count):
        render("dokumen_pengukuran", samples.measurement())
    return {"PDF of a case": count / (time.perf_counter() - begun)}


def signatures(count: int) -> dict[str, float]:
    from tests.documents.signing import papers

    from takar.documents.enums import SignedAs

    paper = papers.paper()
    papers.signed(paper, papers.ASSESSOR, SignedAs.ASSESSOR)
    begun = time.perf_counter()
    for _ in range(count):
        papers.signed(paper, papers.ASSESSOR, SignedAs.ASSESSOR)
    return {"signature, with its stamp": count / (time.perf_counter() - begun)}


def verifying(count: int) -> dict[str, float]:
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
    command = [sys.executable, "-m", "takar", "verify", "--files"]
    begun = time.perf_counter()
    subprocess.run([*command, "--quiet"], capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    _killed_and_resumed(command)
    return {"files examined": count / seconds, "memory of the command, MB": memory}


def _killed_and_resumed(command: list[str]) -> None:
    """Killed as soon as it has told how far it is; then it goes on from its last note."""
    first = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    told = first.stderr.readline().strip()
    first.kill()
    first.communicate()
    begun = time.perf_counter()
    done = subprocess.run([*command, "--resume"], capture_output=True, text=True, check=False)
    print(f"  killed at: {told or 'its end'}; resumed, {time.perf_counter() - begun:.0f} s: {done.stdout.strip()}")


PARTS = {"import": importing, "forms": forms, "signatures": signatures, "scoring": scoring, "verify": verifying}
# Those of which memory is shown at a tenth and at all.
TWICE = {"import", "scoring", "verify"}


def main() -> None:
    args = _arguments()
    if args.part:
        os.environ["TAKAR_DATA"] = args.data
        make_office.prepare(Path(args.data))
        found = PARTS[args.part](args.count)
        print(json.dumps({**found, "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
        return
    counts = {"import": args.people, "forms": args.forms, "signatures": args.signatures, "scoring": args.plans, "verify": args.files}  # fmt: skip
    for part in args.only or PARTS:
        for count in [counts[part] // 10, counts[part]] if part in TWICE else [counts[part]]:
            print(f"{part}, {count:,}")
            _run(part, count)


def _run(part: str, count: int) -> None:
    folder = tempfile.mkdtemp(prefix="takar-batch-")
    words = ["--part", part, "--count", str(count), "--data", folder]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "TAKAR_DATA": folder}
    done = subprocess.run(
        [sys.executable, __file__, *words], capture_output=True, text=True, env=environment, check=False
    )
    shutil.rmtree(folder, ignore_errors=True)
    if done.returncode:
        print(done.stderr[-2000:])
        return
    *told, figures = done.stdout.strip().splitlines()
    print("\n".join(told)) if told else None
    for label, value in json.loads(figures).items():
        print(f"  {label:36} {value:12,.1f}{'' if 'MB' in label else ' a second'}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    sizes = (("people", 10_000), ("forms", 300), ("signatures", 200), ("plans", 1_000_000), ("files", 100_000))
    for name, default in sizes:
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--only", nargs="*", choices=PARTS)
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--data", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
