"""Fuzzing for so many minutes: every parser of what comes from outside, then the API from its own description.

    .venv/bin/python bench/fuzz.py --minutes 30 --seed 7

Ends with 1 when anything came out but an answer with words, and says the seed, the number of examples and the smallest
example that fails. Afterwards the chains are examined: nothing may be half-written. `--only` names some targets.
"""

import argparse
import json
import logging
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

ROUND = 50
API_SHARE = 0.35


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--only", action="append", default=[], metavar="TARGET")
    options = parser.parse_args()

    import django

    django.setup()
    from django.conf import settings
    from django.test.utils import setup_databases, setup_test_environment

    setup_test_environment()
    logging.disable(logging.CRITICAL)
    settings.DATA_DIR = Path(tempfile.mkdtemp(prefix="takar-fuzz-"))
    setup_databases(verbosity=0, interactive=False)
    return _fuzz(options)


def _fuzz(options: argparse.Namespace) -> int:
    from tests.fuzz.targets import targets
    from tests.office import make_office

    office = make_office()
    office.at_step(8)
    office.at_step(4, of="rekan")
    began, seconds = time.monotonic(), options.minutes * 60
    print(f"seed {options.seed}, {options.minutes:g} minutes", flush=True)
    chosen = [target for target in targets(office) if not options.only or target.name in options.only]
    parsers_until = began + seconds * ((1 - API_SHARE) if not options.only else 1)
    failures = [
        one
        for number, target in enumerate(chosen)
        if (one := _parser(target, options.seed, (parsers_until - time.monotonic()) / (len(chosen) - number)))
    ]
    if not options.only:
        failures += _api(office, options.seed, began + seconds)
    failures += _left()
    for failure in failures:
        print(f"FAILED {failure}")
    print(f"{len(failures)} failed, {time.monotonic() - began:.0f} s, seed {options.seed}")
    return 1 if failures else 0


def _parser(target, start: int, seconds: float) -> str:  # noqa: ANN001 -- Django must be set up before it has a name
    from tests.fuzz.running import run

    until, examples, taken, number = time.monotonic() + seconds, 0, 0, 0
    try:
        while time.monotonic() < until:
            counts = run(target, ROUND, start + number, lambda: time.monotonic() < until)
            examples, taken, number = examples + sum(counts.values()), taken + counts["taken"], number + 1
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        notes = " ".join(getattr(error, "__notes__", ()))[:3000]
        return f"{target.name}, seed {start + number}: {type(error).__name__}: {error} {notes}"
    finally:
        print(f"{target.name}: {examples} examples, {taken} taken, {examples - taken} refused in words", flush=True)
    return ""


def _api(office, start: int, until: float) -> list[str]:  # noqa: ANN001 -- see above
    from tests.fuzz.api import PEOPLE, Report, ask, key_of, operations, unlimited

    unlimited()
    keys, report, failures, number = {who: key_of(office.people[who]) for who in PEOPLE}, Report(), [], 0
    while time.monotonic() < until:
        for operation in operations():
            if time.monotonic() < until:
                try:
                    ask(operation, office, keys, report, examples=40, start=start + number)
                except BaseException as error:
                    if isinstance(error, KeyboardInterrupt):
                        raise
                    inner = "; ".join(str(one) for one in getattr(error, "exceptions", ()))
                    failures.append(f"{operation.label}, seed {start + number}: {error} {inner}"[:3000])
        number += 1
    for label, counts in report.seen.items():
        print(f"{label}: {json.dumps(dict(sorted(counts.items())))}", flush=True)
    print(f"API: {report.requests} requests", flush=True)
    return failures


def _left() -> list[str]:
    from takar.appraisal.queries import irreproducible_results
    from takar.audit.queries import verify_chains
    from takar.casework.models import Case

    findings = [str(finding) for finding in verify_chains()]
    findings += [f"{appraisal.pk}: {difference}" for appraisal, difference in irreproducible_results()]
    findings += [case.code for case in Case.objects.order_by("pk") if bool(case.step) != bool(case.open_step_id)]
    return findings


if __name__ == "__main__":
    sys.exit(main())
