"""A plan under PermenPANRB 6/2022 as a spreadsheet: a row for each indicator, a second sheet for what stands beside."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from takar.appraisal.enums import AppendixKind, Approach, Aspect, Direction, Value, WorkKind
from takar.appraisal.types import IndicatorData, WorkData, WorkPlanData
from takar.exchange.cells import choice, decimal, integer, nip_digits, text
from takar.exchange.formats.targets import Person
from takar.exchange.tables import (
    CellProblem,
    Column,
    Finding,
    Row,
    Table,
    TableData,
    TableSource,
    find_titled,
    read_rows,
    read_table,
)
from takar.exchange.workbook import read_workbook
from takar.exchange.writing import Cell, Output, write_instructions, write_table
from takar.rules.nip import format_nip

BLANK_LINES = 4
STEPS = (
    "Lembar “SKP” memuat satu baris untuk setiap indikator; hasil kerja dengan beberapa indikator diulang nomornya.",
    "Jenis, uraian dan RHK pimpinan cukup diisi pada baris pertama hasil kerja itu.",
    "Target ditulis dengan kata; bila berupa angka, isi juga Paling Rendah dan/atau Paling Tinggi dengan Arahnya.",
    "Ekspektasi khusus pimpinan dan lampiran SKP ditulis pada lembar “Ekspektasi dan Lampiran”, boleh kosong.",
    "Satu baris yang salah menahan seluruh SKP pegawai itu. Jangan memakai rumus; simpan sebagai .xlsx, lalu unggah.",
)


def _words(choices: type[Approach | WorkKind | Aspect | Direction | Value | AppendixKind]) -> dict[str, str]:
    return {str(label): value for value, label in choices.choices} | {value: value for value in choices.values}


DIRECTIONS = {"naik": "naik", "turun": "turun", **_words(Direction)}
BESIDE = {**_words(Value), **_words(AppendixKind)}
BESIDE_OPTIONS = (*(str(label) for label in Value.labels), *(str(label) for label in AppendixKind.labels))
_NIP = Column("nip", "NIP", nip_digits, prefilled=True, width=24, help="18 angka; format sel Teks.")
_NAME = Column("name", "Nama", text(250), required=False, default="", prefilled=True, width=30)
_YEAR = Column("year", "Tahun", integer(least=2022, most=2100), prefilled=True, width=8, form="integer")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One indicator of one hasil kerja; `number` is the row, `no` the hasil kerja's."""

    number: int
    nip: str
    name: str
    year: int
    approach: str
    no: int
    kind: str
    work: str
    superior_no: int | None
    superior_name: str
    assigned_by: str
    perspective: str
    aspect: str
    indicator: str
    target: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    direction: str
    source: TableSource = field(default=TableSource(), repr=False, compare=False)

    @property
    def activity(self) -> str:
        """What the preview shows of it."""
        return f"hasil kerja {self.no}: {self.indicator}"


@dataclass(frozen=True, slots=True)
class BesideRow:
    """A special expectation of one value, or a line of an appendix."""

    nip: str
    year: int
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class WorkPlanFile:
    """`spoilt` are the NIPs of those of whom some row could not be read."""

    rows: tuple[PlanRow, ...]
    beside: tuple[BesideRow, ...]
    problems: tuple[CellProblem, ...]
    ignored: tuple[str, ...]
    spoilt: frozenset[str] = frozenset()


def _first_says_what(rows: Sequence[Row]) -> Iterator[Finding]:
    """The first row of each hasil kerja names it; a later one says nothing else."""
    named: dict[tuple[object, ...], str] = {}
    for row in rows:
        key = tuple(row.values[name] for name in ("nip", "year", "no"))
        said = row.values["work"]
        if key not in named and not said:
            yield Finding(row.number, "work", "Isi uraian hasil kerja pada baris pertamanya.")
        elif said and named.get(key, said) != said:
            yield Finding(row.number, "work", "Nomor ini sudah dipakai hasil kerja lain; ubah nomornya atau samakan.")
        named.setdefault(key, said or "")


def _ranges(rows: Sequence[Row]) -> Iterator[Finding]:
    for row in rows:
        low, high = row.values["low"], row.values["high"]
        if low is not None and high is not None and high < low:
            yield Finding(row.number, "high", "Lebih kecil daripada Paling Rendah; tukarkan.")


PLANS = Table(
    name="SKP",
    sheet_title="SKP",
    columns=(
        _NIP,
        _NAME,
        _YEAR,
        Column(
            "approach", "Pendekatan", choice(_words(Approach), known="kuantitatif atau kualitatif"), required=False,
            default=Approach.QUANTITATIVE.value, prefilled=True, options=tuple(Approach.values), width=13,
        ),
        Column(
            "no", "No RHK", integer(least=1, most=99), prefilled=True, width=7, form="integer",
            help="Nomor rencana hasil kerja; sama untuk semua indikatornya.",
        ),
        Column(
            "kind", "Jenis", choice(_words(WorkKind), known="utama atau tambahan"), required=False, default="",
            options=tuple(WorkKind.values), width=11,
        ),
        Column(
            "work", "Rencana Hasil Kerja", text(500), required=False, default="", aliases=("Hasil Kerja", "RHK"),
            width=44,
        ),
        Column(
            "superior_no", "No RHK Pimpinan", integer(least=1, most=99), required=False, width=10, form="integer",
            help="Nomor RHK pimpinan yang diintervensi, menurut SKP atasan langsung di Takar.",
        ),
        Column(
            "superior_name", "RHK Pimpinan yang Diintervensi", text(500), required=False, default="", width=34,
            help="Uraiannya, bila SKP pimpinan tidak ada di Takar.",
        ),
        Column("assigned_by", "Penugasan Dari", text(300), required=False, default="", width=22),
        Column(
            "perspective", "Perspektif", text(60), required=False, default="", width=18,
            help="Hanya untuk pimpinan unit kerja mandiri.",
        ),
        Column(
            "aspect", "Aspek", choice(_words(Aspect), known="kuantitas, kualitas, waktu, atau biaya"), required=False,
            default="", options=tuple(Aspect.values), width=11,
        ),
        Column(
            "indicator", "Indikator Kinerja Individu", text(500), aliases=("Indikator", "IKI"), width=44,
        ),
        Column("target", "Target", text(300), width=24, help="Dengan kata, misalnya “12 laporan”."),
        Column("low", "Paling Rendah", decimal(), required=False, width=10, form="number"),
        Column("high", "Paling Tinggi", decimal(), required=False, width=10, form="number"),
        Column("unit", "Satuan", text(40), required=False, default="", width=12),
        Column(
            "direction", "Arah", choice(DIRECTIONS, known="naik (makin besar makin baik) atau turun"), required=False,
            default="", options=("naik", "turun"), width=8,
        ),
    ),
    checks=(_first_says_what, _ranges),
)  # fmt: skip

SIDE = Table(
    name="ekspektasi dan lampiran",
    sheet_title="Ekspektasi dan Lampiran",
    columns=(
        _NIP,
        _NAME,
        _YEAR,
        Column(
            "part", "Bagian", choice(BESIDE, known="nama nilai dasar, atau nama lampiran"), options=BESIDE_OPTIONS,
            width=28, help="Nilai dasar untuk ekspektasi khusus pimpinan; atau salah satu dari tiga lampiran.",
        ),
        Column("text", "Uraian", text(1000), width=70),
    ),
)  # fmt: skip


def read_work_plans(data: bytes, *, name: str) -> WorkPlanFile:
    """Read the indicators and what stands beside them; the second sheet may be missing."""
    workbook = read_workbook(data, name=name)
    found = read_table(workbook, PLANS)
    rows = tuple(PlanRow(number=row.number, source=found.source, **row.values) for row in found.good_rows)
    sheet = find_titled(workbook, SIDE)
    if sheet is None:
        return WorkPlanFile(rows, (), found.problems, found.ignored, _spoilt(found))
    side = read_rows(sheet, SIDE, 0, len(sheet.rows))
    beside = tuple(BesideRow(*(row.values[key] for key in ("nip", "year", "part", "text"))) for row in side.good_rows)
    problems, ignored = (*found.problems, *side.problems), (*found.ignored, *side.ignored)
    return WorkPlanFile(rows, beside, problems, ignored, _spoilt(found) | _spoilt(side))


def _spoilt(found: TableData) -> frozenset[str]:
    """Whose rows have problems; a row without a readable NIP is taken to belong to the person above it."""
    bad = {problem.row for problem in found.problems}
    spoilt, above = set(), ""
    for row in found.rows:
        above = row.values["nip"] or above
        if row.number in bad:
            spoilt.add(above)
    return frozenset(spoilt)


def plan_problem(row: PlanRow, column: str, message: str) -> CellProblem:
    """What somebody else found about a cell of the row."""
    return row.source.problem(row.number, column, message)


def plan_of(rows: Sequence[PlanRow], beside: Sequence[BesideRow]) -> WorkPlanData:
    """One person's rows of a year as the appraisal takes them; hasil kerja keep their numbers."""
    works: dict[int, list[PlanRow]] = defaultdict(list)
    for row in rows:
        works[row.no].append(row)
    appendices: dict[str, list[str]] = defaultdict(list)
    for item in beside:
        if item.part in AppendixKind.values:
            appendices[item.part].append(item.text)
    return WorkPlanData(
        works=tuple(_work(number, lines) for number, lines in sorted(works.items())),
        approach=rows[0].approach,
        expectations={item.part: item.text for item in beside if item.part in Value.values},
        appendices={kind: tuple(texts) for kind, texts in appendices.items()},
    )


def write_work_plans(plans: Sequence[tuple[Person, int, WorkPlanData | None]]) -> bytes:
    """The plans in the layout that `read_work_plans` reads; whoever has none gets numbered blank lines."""
    output = Output()
    write_instructions(output, "SKP menurut PermenPANRB 6/2022", STEPS, (PLANS, SIDE))
    write_table(output, PLANS, (line for person, year, plan in plans for line in _lines(person, year, plan)))
    write_table(output, SIDE, (line for person, year, plan in plans if plan for line in _side(person, year, plan)))
    return output.finish()


def _work(number: int, lines: Sequence[PlanRow]) -> WorkData:
    first = lines[0]
    return WorkData(
        number=number,
        name=first.work,
        kind=first.kind or WorkKind.MAIN.value,
        superior_work=first.superior_no,
        superior_name=first.superior_name,
        assigned_by=first.assigned_by,
        perspective=first.perspective,
        indicators=tuple(
            IndicatorData(row.indicator, row.target, row.aspect, row.low, row.high, row.unit, row.direction)
            for row in lines
        ),
    )


def _person(person: Person, year: int) -> dict[str, Cell]:
    return {"nip": format_nip(person.nip), "name": person.name, "year": year}


def _lines(person: Person, year: int, plan: WorkPlanData | None) -> Iterator[Mapping[str, Cell]]:
    head = _person(person, year)
    if plan is None:
        for number in range(1, BLANK_LINES + 1):
            yield {**head, "approach": Approach.QUANTITATIVE.value, "no": number}
        return
    for work in plan.works:
        words: dict[str, Cell] = {
            "kind": work.kind,
            "work": work.name,
            "superior_no": work.superior_work,
            "superior_name": work.superior_name,
            "assigned_by": work.assigned_by,
            "perspective": work.perspective,
        }
        for place, row in enumerate(work.indicators):
            yield {
                **head,
                "approach": plan.approach,
                "no": work.number,
                **(words if place == 0 else {}),
                "aspect": row.aspect,
                "indicator": row.name,
                "target": row.target,
                "low": row.minimum,
                "high": row.maximum,
                "unit": row.unit,
                "direction": row.direction,
            }


def _side(person: Person, year: int, plan: WorkPlanData) -> Iterator[Mapping[str, Cell]]:
    head = _person(person, year)
    labels = dict(Value.choices) | dict(AppendixKind.choices)
    for key, words in plan.expectations.items():
        yield {**head, "part": str(labels[key]), "text": words}
    for kind, texts in plan.appendices.items():
        for words in texts:
            yield {**head, "part": str(labels[kind]), "text": words}
