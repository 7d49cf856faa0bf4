"""Kill web and background processes at random moments under load, and prove that nothing is lost or there by half.

    .venv/bin/python bench/kills.py [--kills 1000] [--database sqlite|postgresql] [--seed N] [--people 60] [--pause 0.4]

The short form of the same run is tests/kills/test_kills.py. Exits with 1 when anything does not hold.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--pause", type=float, default=0.4, help="seconds between two kills, on average")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="no more kills after this time")
    wanted = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from tests.kills.run import Wanted, run

    folder = Path(tempfile.mkdtemp(prefix="takar-kills-"))
    try:
        tell = lambda text: print(text, flush=True)  # noqa: E731 -- at once, also into a file
        how = Wanted(wanted.kills, wanted.seed, wanted.people, wanted.pause, wanted.minutes, tell)
        report = run(wanted.database, folder, how)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(report.lines()))
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
