"""How fast the forms are set, beside WeasyPrint and LibreOffice's mail merge where these are installed, in one run.

`.venv/bin/python bench/forms.py 100` sets so many SKP (A.1.7, two pages each) with each program that is there. The others
get the same rows as plain HTML, without the forms' rules about breaking rows, so that the comparison is in their favour.
"""

import html
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pypdf import PdfReader

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.documents.forms.everything import SAMPLES  # noqa: E402 -- the path must be set first

from takar.documents.forms.render import render  # noqa: E402 -- likewise

FORM = "a-1-7"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    documents = [SAMPLES[FORM] | {"date": f"Paringin, {number % 28 + 1} Januari 2026"} for number in range(count)]
    measured: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (there, write) in PROGRAMS.items():
            if not there():
                print(f"{name}: not installed, left out")
                continue
            write(documents[:1], Path(folder))
            begun, used = time.perf_counter(), processor()
            pages = write(documents, Path(folder))
            measured[name] = pages / (processor() - used)
            speed = f"{pages / (time.perf_counter() - begun):.0f} pages per second"
            print(f"{name}: {pages} pages, {speed}, {measured[name]:.0f} per second of processor time")
    for name, speed in list(measured.items())[1:]:
        print(f"Typst sets {measured['Typst'] / speed:.1f} times as many as {name}")


def processor() -> float:
    """Seconds of processor time, of this program and of those that it started: another's work does not count."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def typst(documents: list[dict[str, Any]], folder: Path) -> int:
    for number, data in enumerate(documents):
        (folder / f"t{number}.pdf").write_bytes(render("skp_kinerja", data))
    return _pages(folder.glob("t*.pdf"), len(documents))


def weasyprint(documents: list[dict[str, Any]], folder: Path) -> int:
    from weasyprint import HTML

    for number, data in enumerate(documents):
        HTML(string=plain(data)).write_pdf(folder / f"w{number}.pdf")
    return _pages(folder.glob("w*.pdf"), len(documents))


def libreoffice(documents: list[dict[str, Any]], folder: Path) -> int:
    """All letters in one call, which is what mail merge is at its best."""
    sources = []
    for number, data in enumerate(documents):
        source = folder / f"l{number}.html"
        source.write_text(plain(data), encoding="utf-8")
        sources.append(str(source))
    command = [shutil.which("soffice") or "soffice", "--headless", "--convert-to", "pdf:writer_web_pdf_Export"]
    subprocess.run([*command, "--outdir", str(folder), *sources], check=True, capture_output=True)
    return _pages(folder.glob("l*.pdf"), len(documents))


def plain(data: dict[str, Any]) -> str:
    """The same rows as an HTML table on F4 lying."""
    rows = "".join(
        f"<tr><td>{html.escape(result['text'])}</td><td>{html.escape(row['text'])}</td>"
        f"<td>{html.escape(row['target'])}</td></tr>"
        for result in (*data["main"], *data["additional"])
        for row in result["indicators"]
    )
    guides = "".join(
        f"<tr><td colspan=3>{html.escape(value['label'])}: {html.escape('; '.join(value['guides']))}</td></tr>"
        for value in data["behaviour"]
    )
    style = "@page{size:330mm 215mm;margin:15mm}table{border-collapse:collapse}td{border:1px solid #444;padding:1mm}"
    return f"<!doctype html><style>{style}</style><h1>SKP {html.escape(data['date'])}</h1><table>{rows}{guides}</table>"


def _pages(found: Any, most: int) -> int:
    return sum(len(PdfReader(path).pages) for path in list(found)[:most])


PROGRAMS: dict[str, tuple[Callable[[], bool], Callable[[list[dict[str, Any]], Path], int]]] = {
    "Typst": (lambda: True, typst),
    "WeasyPrint": (lambda: find_spec("weasyprint") is not None, weasyprint),
    "LibreOffice": (lambda: shutil.which("soffice") is not None, libreoffice),
}

if __name__ == "__main__":
    main()
