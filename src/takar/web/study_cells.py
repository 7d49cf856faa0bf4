"""What a form says of a tugas belajar, as cells on a screen."""

from collections.abc import Collection
from decimal import Decimal

from takar.appraisal.types import StudyData
from takar.common.errors import Problem
from takar.common.words import figure
from takar.rules.numbers import parse_decimal
from takar.web.cells import Cell, Typed, figure_problem

YES, NO = "ya", "tidak"
HIGHEST = Decimal(4)
EMPTY = ("", "–")
ACCREDITED = (EMPTY, ("A", "A / Unggul"), ("B", "B / Baik Sekali"), ("C", "C / Baik"))
CHOICES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "level": ("Jenjang", (EMPTY, ("s1", "S-1"), ("s2_s3", "Profesi, S-2, atau S-3"))),
    "institution": ("Akreditasi perguruan tinggi", (*ACCREDITED, ("luar_negeri", "Luar negeri"))),
    "programme": ("Akreditasi program studi (dalam negeri)", ACCREDITED),
    "dropped_out": ("Tidak menyelesaikan studi", ((NO, "tidak"), (YES, "ya"))),
}


def study_cells(
    kept: StudyData, typed: Typed | None, accepted: StudyData | None = None, *, asked: Collection[str]
) -> tuple[Cell, ...]:
    """IPK first, then what its guide asks for, as far as the regulation has one; `accepted` stands beside."""
    words, beside = _words(kept), _words(accepted) if accepted else {}
    text = words["gpa"] if typed is None else typed.get("study-gpa", words["gpa"])
    cells = [Cell("study-gpa", "IPK", text, _gpa_problem(text) if typed is not None else "", beside.get("gpa", ""))]
    for key, (label, options) in _asked(asked):
        chosen = words[key] if typed is None else typed.get(f"study-{key}", words[key])
        shown = dict(options).get(beside.get(key, ""), "")
        cells.append(Cell(f"study-{key}", label, chosen, reference=shown, options=options))
    return tuple(cells)


def read_study(kept: StudyData, typed: Typed, problems: list[Problem]) -> StudyData:
    """What was sent; a cell that was not sent stays as it is kept."""
    words = _words(kept)
    given = {key: typed.get(f"study-{key}", word).strip() for key, word in words.items()}
    if problem := _gpa_problem(given["gpa"]):
        problems.append(Problem("IPK", f"“{given['gpa']}”: {problem}"))
    for key, (label, options) in CHOICES.items():
        if given[key] not in dict(options):
            problems.append(Problem(label, "Pilih dari daftar."))
    return StudyData(
        gpa=parse_decimal(given["gpa"]) if given["gpa"] and not problem else None,
        level=given["level"],
        institution=given["institution"],
        programme=given["programme"],
        dropped_out=given["dropped_out"] == YES,
    )


def study_words(kept: StudyData, asked: Collection[str]) -> list[tuple[str, str]]:
    """Label and value of what is filled in, to be read."""
    words = _words(kept)
    rows = [("IPK", words["gpa"])]
    rows += [(label, dict(options).get(words[key], "")) for key, (label, options) in _asked(asked)]
    return [(label, value or "–") for label, value in rows]


def _asked(names: Collection[str]) -> list[tuple[str, tuple[str, tuple[tuple[str, str], ...]]]]:
    return [(key, choice) for key, choice in CHOICES.items() if key in names]


def _words(study: StudyData) -> dict[str, str]:
    return {
        "gpa": figure(study.gpa),
        "level": study.level,
        "institution": study.institution,
        "programme": study.programme,
        "dropped_out": YES if study.dropped_out else NO,
    }


def _gpa_problem(text: str) -> str:
    problem = figure_problem(text)
    if problem or not text.strip():
        return problem
    value = parse_decimal(text)
    if value > HIGHEST:
        return "Paling tinggi 4."
    return "Paling banyak 2 angka di belakang koma." if value != value.quantize(Decimal("0.01")) else ""
