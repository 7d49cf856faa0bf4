"""The races in their long form: every act with two and with twenty rivals, on both databases, several times over.

    .venv/bin/python bench/races.py [--rounds 3]

Each round is `pytest tests/races` with `TAKAR_RACES=semua`; without a PostgreSQL on the machine it says what was left out.
The short form stands in the test command. Exits with 1 when an act was done twice, by half, or refused without words.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RACES = ["-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", "-rs", "tests/races"]


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=3)
    failed = 0
    for number in range(1, words.parse_args().rounds + 1):
        begun = time.monotonic()
        told = subprocess.run(
            [sys.executable, *RACES], cwd=ROOT, env=os.environ | {"TAKAR_RACES": "semua"}, capture_output=True, text=True, check=False
        )  # fmt: skip
        counts = re.findall(r"(\d+) (passed|failed|skipped|error)", told.stdout.splitlines()[-1])
        said = ", ".join(f"{count} {what}" for count, what in counts)
        print(f"putaran {number}: {said}; {time.monotonic() - begun:.0f} s", flush=True)
        if told.returncode:
            failed += 1
            print(told.stdout[-4000:], flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
