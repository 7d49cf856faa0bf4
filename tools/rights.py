# ruff: noqa: INP001 -- a script, not a package
"""Write docs/rights.md, the matrix of who may what, from the program's own policies: `python tools/rights.py`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django  # noqa: E402 -- after the path is known


def main() -> None:
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- needs Django
    from tests.office import NOW, make_office  # noqa: PLC0415 -- needs Django
    from tests.rights.cast import people_the_office  # noqa: PLC0415 -- needs Django
    from tests.rights.matrix import everything  # noqa: PLC0415 -- needs Django
    from tests.rights.paper import paper  # noqa: PLC0415 -- needs Django

    from takar.common import clock  # noqa: PLC0415 -- needs Django

    call_command("migrate", verbosity=0)
    clock.now = lambda: NOW
    content = paper(everything(people_the_office(make_office())))
    (ROOT / "docs" / "rights.md").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
