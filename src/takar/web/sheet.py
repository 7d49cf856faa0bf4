"""The official SOP sheet, prepared for the template: texts, and for each row and actor which symbol and lines stand there.

A cell's lines are written in percentages of the cell, so that they meet at the borders whatever a row's height is; only
`LEVEL` and the symbols have a fixed size. A line that leaves its cell goes one percent too far, over the border.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from takar.common import words
from takar.rules.flow import Flow, Sop, Step, Symbol

LEVEL = "12"
"""The height, in pixels below a row's upper border, at which the flow changes columns."""

MIDDLE, TOP, BOTTOM, LEFT, RIGHT = "50%", "-1%", "101%", "-1%", "101%"

# Each symbol is drawn around its centre: outline, half its width, half its height, name, the word written in it.
SHAPES = {
    Symbol.START: ("M-14-14H14A14 14 0 0 1 14 14H-14A14 14 0 0 1-14-14Z", 28, 14, "kapsul (mulai)", "MULAI"),
    Symbol.PROCESS: ("M-25-15H25V15H-25Z", 25, 15, "kotak (proses)", ""),
    Symbol.DECISION: ("M0-21L26 0L0 21L-26 0Z", 26, 21, "belah ketupat (keputusan)", ""),
    Symbol.END: ("M-15-14H15A14 14 0 0 1 15 14H-15A14 14 0 0 1-15-14Z", 29, 14, "kapsul (selesai)", "SELESAI"),
}


@dataclass(frozen=True, slots=True)
class Line:
    x1: str
    y1: str
    x2: str
    y2: str
    returns: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word beside a line: a point of the cell, and pixels from there."""

    x: str
    y: str
    dx: int
    dy: int
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an arrow that reaches a symbol."""

    outline: str
    returns: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol: its outline, the heads of the arrows that reach it, the word in it and what it says to a screen reader."""

    outline: str
    heads: tuple[Head, ...]
    text: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Cell:
    lines: tuple[Line, ...]
    words: tuple[Word, ...]
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    description: str
    cells: tuple[Cell, ...]
    inputs: str
    time: str
    output: str
    remark: str


@dataclass(frozen=True, slots=True)
class Block:
    """A titled list of the cover."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    identity: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    actors: tuple[str, ...]
    rows: tuple[Row, ...]
    readings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """The way back to one step: beside its column, from the lowest step that returns to it up to its own row."""

    target: int
    lowest: int
    column: int
    x: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A line or a word, and the column that it stands in."""

    column: int
    what: Line | Word


def sheet_rows(sop: Sop) -> Sheet:
    """Everything that the template `web/sop/sheet.html` prints."""
    lanes = _lanes(sop.flow)
    return Sheet(
        identity=_identity(sop),
        blocks=_blocks(sop),
        actors=tuple(actor.label for actor in sop.flow.actors),
        rows=tuple(_row(sop.flow, step, lanes) for step in sop.flow.steps),
        readings=_readings(sop),
    )


def _identity(sop: Sop) -> tuple[tuple[str, str], ...]:
    identity = sop.identity
    effective = (("Tanggal Efektif", words.date(identity.effective_on)),) if identity.effective_on else ()
    return (
        ("Nomor SOP", identity.number),
        ("Tanggal Pembuatan", words.date(identity.created_on)),
        ("Tanggal Revisi", words.date(identity.revised_on) if identity.revised_on else "-"),
        ("Tanggal Pengesahan", words.date(identity.approved_on) if identity.approved_on else "-"),
        *effective,
        ("Disahkan oleh", identity.approved_by),
        ("Nama SOP", identity.name),
    )


def _blocks(sop: Sop) -> tuple[Block, ...]:
    return (
        Block("Dasar Hukum", sop.legal_basis),
        Block("Kualifikasi Pelaksana", sop.qualifications),
        Block("Keterkaitan", sop.related_procedures),
        Block("Peralatan / Perlengkapan", sop.equipment),
        Block("Peringatan", sop.warnings),
        Block("Pencatatan dan Pendataan", sop.records),
    )


def _readings(sop: Sop) -> tuple[tuple[str, str], ...]:
    steps = tuple((f"Langkah {step.number}", step.reading) for step in sop.flow.steps if step.reading)
    return steps + tuple((note.about, note.reading) for note in sop.readings)


def _row(flow: Flow, step: Step, lanes: tuple[Lane, ...]) -> Row:
    placed = [*_forward(flow, step), *_returns(flow, step, lanes)]
    own = _column(flow, step)
    return Row(
        number=step.number,
        description=step.description,
        cells=tuple(
            _cell(placed, column, _mark(flow, step) if column == own else None) for column in range(len(flow.actors))
        ),
        inputs="; ".join(wanted.label for wanted in step.inputs),
        time=words.minutes(step.standard_minutes),
        output=step.output.label,
        remark=step.remark,
    )


def _cell(placed: list[Placed], column: int, mark: Mark | None) -> Cell:
    here = [item.what for item in placed if item.column == column]
    return Cell(
        lines=tuple(what for what in here if isinstance(what, Line)),
        words=tuple(what for what in here if isinstance(what, Word)),
        mark=mark,
    )


def _column(flow: Flow, step: Step) -> int:
    return flow.actors.index(flow.owner(step))


def _mark(flow: Flow, step: Step) -> Mark:
    outline, half_width, half_height, name, text = SHAPES[step.symbol]
    heads = []
    if step != flow.first:
        heads.append(Head(f"M0-{half_height}l-4-9h8Z"))
    if any(step.number in other.returns_to for other in flow.steps):
        heads.append(Head(f"M{half_width} 0l9-4v8Z", returns=True))
    back = " atau ".join(f"langkah {target.number}" for target in flow.may_return_to(step))
    returns = f"; bila tidak, dikembalikan ke {back}" if back else ""
    alternative = f"Langkah {step.number}: {name}, {flow.owner(step).label}{returns}"
    return Mark(outline, tuple(heads), text, alternative)


def _forward(flow: Flow, step: Step) -> Iterator[Placed]:
    """The line that comes in from the row above and the one that leaves below."""
    column = _column(flow, step)
    before = {after: step for step, after in pairwise(flow.steps)}.get(step)
    if before:
        origin = _column(flow, before)
        entry = "0" if origin == column else LEVEL
        if origin != column:
            yield Placed(origin, Line(MIDDLE, TOP, MIDDLE, LEVEL))
            yield from _across(LEVEL, (origin, MIDDLE), (column, MIDDLE), returns=False)
        yield Placed(column, Line(MIDDLE, entry, MIDDLE, MIDDLE))
    if flow.next(step):
        yield Placed(column, Line(MIDDLE, MIDDLE, MIDDLE, BOTTOM))
        if step.returns_to:
            yield Placed(column, Word(MIDDLE, "100%", 6, -6, "Ya"))


def _returns(flow: Flow, step: Step, lanes: tuple[Lane, ...]) -> Iterator[Placed]:
    """What this row shows of each way back: its end, its passing, or its beginning."""
    column = _column(flow, step)
    for lane in lanes:
        if lane.target <= step.number <= lane.lowest:
            upper = MIDDLE if step.number == lane.target else TOP
            lower = MIDDLE if step.number == lane.lowest else BOTTOM
            yield Placed(lane.column, Line(lane.x, upper, lane.x, lower, returns=True))
        if step.number == lane.target:
            yield Placed(lane.column, Line(MIDDLE, MIDDLE, lane.x, MIDDLE, returns=True))
        if lane.target in step.returns_to:
            yield from _across(MIDDLE, (column, MIDDLE), (lane.column, lane.x), returns=True)
    for toward in {
        (lane.column >= column) - (lane.column < column) for lane in lanes if lane.target in step.returns_to
    }:
        yield _no(flow, column, toward)


def _no(flow: Flow, column: int, toward: int) -> Placed:
    """The word beside the line that leaves a diamond when the check fails; in the next cell, where there is room."""
    neighbour = column + toward
    if neighbour not in range(len(flow.actors)):
        return Placed(column, Word(MIDDLE, MIDDLE, 24, -8, "Tidak"))
    if toward > 0:
        return Placed(neighbour, Word("0", MIDDLE, 4, -5, "Tidak"))
    return Placed(neighbour, Word("100%", MIDDLE, -4, -5, "Tidak", "end"))


def _across(y: str, start: tuple[int, str], end: tuple[int, str], *, returns: bool) -> Iterator[Placed]:
    """A level line through all cells between two columns."""
    (first, first_x), (last, last_x) = sorted((start, end))
    for column in range(first, last + 1):
        x1 = first_x if column == first else LEFT
        x2 = last_x if column == last else RIGHT
        yield Placed(column, Line(x1, y, x2, y, returns=returns))


def _lanes(flow: Flow) -> tuple[Lane, ...]:
    """One lane for each step that work is returned to; in a column the shorter ways lie nearer to the symbols."""
    spans: dict[int, int] = {}
    for step in flow.steps:
        spans |= dict.fromkeys(step.returns_to, step.number)
    by_column: dict[int, list[int]] = {}
    for target in sorted(spans, key=lambda target: (spans[target] - target, target)):
        by_column.setdefault(_column(flow, flow.step(target)), []).append(target)
    return tuple(
        Lane(target, spans[target], column, f"{84 + 7 * (2 * place + 1) / len(targets):.1f}%")
        for column, targets in by_column.items()
        for place, target in enumerate(targets)
    )
