"""The same forms in LibreOffice: a workbook with the formulas of PP 46/2011, recalculated without a window.

One row holds one plan: ten activities of five figures, five scores of behaviour, a formula for each activity and one for
the whole. The same workbook without its formulas is converted as well, so that reading and writing can be taken off.
"""

import csv
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

OF_ACTIVITY, OF_BEHAVIOUR = 5, 5
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Recalculated:
    """What the workbook says of each plan, and how long it took with its formulas and with its figures alone."""

    totals: list[Decimal]
    seconds: float
    bare_seconds: float


def program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def recalculate(plans: Sequence[Any], tell: Tell) -> Recalculated | None:
    """Write the workbook, have it recalculated, and read what came of it; None where there is no Calc."""
    with tempfile.TemporaryDirectory(prefix="takar-sheet-") as name:
        folder, seconds = Path(name), {}
        for kind, formulas in (("bare", False), ("formulas", True)):
            tell(f"workbook of {len(plans):,} plans {'with' if formulas else 'without'} formulas: written")
            _write(folder / f"{kind}.xlsx", plans, formulas=formulas)
            begun = time.perf_counter()
            _convert(folder, kind)
            seconds[kind] = time.perf_counter() - begun
            if not (folder / f"{kind}.csv").exists():
                return None
            tell(f"recalculated and written again in {seconds[kind]:.1f} s")
        return Recalculated(_totals(folder / "formulas.csv"), seconds["formulas"], seconds["bare"])


def _write(path: Path, plans: Sequence[Any], *, formulas: bool) -> None:
    from xlsxwriter import Workbook
    from xlsxwriter.utility import xl_col_to_name

    book = Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Nilai")
    letters = [xl_col_to_name(column) for column in range(80)]
    for row, plan in enumerate(plans):
        activities, figures = plan.plans[0].activities, []
        for one in activities:
            target, done = one.target, one.realisation
            figures += [target.quantity, target.time, done.quantity, done.quality, done.time]
        figures += plan.behaviour.values()
        sheet.write_row(row, 0, [*figures, *(_formulas(letters, len(activities), row + 1) if formulas else [])])
    book.close()


def _formulas(letters: list[str], activities: int, row: int) -> list[str]:
    """An activity is the mean of quantity, quality and time; time falls off where more than 24 % were saved."""
    first = activities * OF_ACTIVITY + OF_BEHAVIOUR
    found = []
    for number in range(activities):
        quantity, months, done, quality, used = (
            f"{letters[number * OF_ACTIVITY + k]}{row}" for k in range(OF_ACTIVITY)
        )
        share = f"{used}/{months}*100"
        in_time = f"IF(100-{share}<=24,176-{share},76-((176-{share})-100))"
        found.append(f"=({done}/{quantity}*100+{quality}/100*100+{in_time})/3")
    values = f"{letters[first]}{row}:{letters[first + activities - 1]}{row}"
    behaviour = f"{letters[first - OF_BEHAVIOUR]}{row}:{letters[first - 1]}{row}"
    return [*found, f"=ROUND(AVERAGE({values})*60%+AVERAGE({behaviour})*40%,2)"]


def _convert(folder: Path, kind: str) -> None:
    """A profile of its own, which has every formula computed on opening whatever the file says its value was."""
    (folder / "profile" / "user").mkdir(parents=True, exist_ok=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    command = [program() or "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    words = ["--convert-to", "csv", "--outdir", str(folder), str(folder / f"{kind}.xlsx")]
    subprocess.run([*command, *words], check=True, capture_output=True)


def _totals(path: Path) -> list[Decimal]:
    with path.open(encoding="utf-8", newline="") as file:
        return [Decimal(row[-1]) for row in csv.reader(file)]
