"""Coverage-guided fuzzing of one parser that needs no database, where `atheris` is installed (it is in no requirements file).

    pip install atheris   # in an environment of its own, for the same Python; then, with Takar's packages on its path:
    PYTHONPATH=src:.venv/lib/python3.11/site-packages python bench/guided.py pdf -max_total_time=300 -rss_limit_mb=1500 -timeout=10

What is no answer with words stops it, and the input is left in the working folder.
"""

import json
import logging
import os
import sys
import tempfile
from pathlib import Path
from xml.parsers import expat

import atheris

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

with atheris.instrument_imports(include=["takar", "pyhanko", "bagit"]):
    import django

    django.setup()
    from takar.common.errors import InvalidInput
    from takar.common.json_input import parse
    from takar.documents.emblems import _check_svg
    from takar.documents.signing.ink import media_type_of_scan
    from takar.documents.signing.reading import check_pdf
    from takar.exchange.formats.forms import read_forms
    from takar.exchange.formats.staff import read_staff
    from takar.exchange.scan import Trap, scan_sheet
    from takar.exchange.workbook import read_workbook
    from takar.rules.flow import SopError, parse_sop
    from takar.rules.scoring.registry import UnknownMethodError, method_by_id
    from takar.rules.scoring.types import InputError

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
trailer<</Size 4/Root 1 0 R>>
startxref
0
%%EOF
"""
SHEET = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="s"><v>0</v></c><c r="B1"><f>A1</f><v>1</v></c></row></sheetData></worksheet>"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>a{}</style><a href="#x"/></svg>'
SCORE = {
    "method": "pp46-2011",
    "period": {"start": "2020-01-01", "end": "2020-12-31"},
    "activities": [
        {
            "name": "a",
            "target": {"quantity": 12, "quality": 100, "time": 12},
            "realisation": {"quantity": 1, "quality": 9, "time": "9,1"},
        }
    ],
    "behaviour": {"orientasi_pelayanan": 88, "integritas": 88, "komitmen": 88, "disiplin": 88, "kerja_sama": 88},
}
BOOK = (ROOT / "demo/pegawai.xlsx").read_bytes()
SOP = (ROOT / "src/takar/procedures/data/sop-penilaian-skp.toml").read_bytes()


def _sop(data: bytes) -> None:
    parse_sop(parse(data))


def _score(data: bytes) -> None:
    given = parse(data)
    method_by_id(str(given.get("method") or "pp46-2011")).evaluate(given)


TARGETS = {
    "pdf": (check_pdf, (InvalidInput,), [PDF]),
    "scan": (
        lambda data: media_type_of_scan("x", data),
        (InvalidInput,),
        [PDF, b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xd9"],
    ),
    "svg": (_check_svg, (InvalidInput,), [SVG]),
    "sheet": (
        lambda data: scan_sheet(data, [1, 2]),
        (Trap, expat.ExpatError, ValueError, LookupError, OverflowError),
        [SHEET],
    ),
    "workbook": (lambda data: read_workbook(data, name="x"), (InvalidInput,), [BOOK]),
    "staff": (lambda data: read_staff(data, name="x"), (InvalidInput,), [BOOK]),
    "forms": (lambda data: read_forms(data, name="x"), (InvalidInput,), [BOOK]),
    "score": (_score, (InputError, UnknownMethodError, UnicodeDecodeError), [json.dumps(SCORE).encode()]),
    "sop": (_sop, (InputError, UnicodeDecodeError, SopError), [SOP[:200], b'{"flow": {"steps": [{"number": 1}]}}']),
}


def main() -> None:
    run, told, seeds = TARGETS[sys.argv.pop(1)]
    logging.disable(logging.CRITICAL)
    corpus = Path(tempfile.mkdtemp(prefix="takar-guided-"))
    for number, content in enumerate(seeds):
        (corpus / str(number)).write_bytes(content)

    def one(data: bytes) -> None:
        try:
            run(data)
        except told:
            return

    atheris.Setup([*sys.argv, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
