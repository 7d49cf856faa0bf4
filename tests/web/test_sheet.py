import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from takar.procedures.data import shipped_sop
from takar.procedures.models import ProcedureVersion
from takar.rules.flow import Flow, Sop, Symbol, parse_sop, validate
from takar.web.sheet import Cell, Sheet, sheet_rows


def shipped() -> Sop:
    return parse_sop(shipped_sop())


def rendered(sop: Sop, state: str = "approved") -> str:
    version = ProcedureVersion(version=1, state=state)
    return render_to_string("web/sop/sheet.html", {"sop": sop, "sheet": sheet_rows(sop), "version": version})


def texts(value: Any) -> Iterator[str]:
    """Every text of the source in the data file: all but keys and what a column chooses from."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"key", "actor", "source", "kind", "symbol"}:
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def test_sheet_prints_every_text_of_the_source() -> None:
    page = " ".join(unescape(rendered(shipped())).split())
    assert [text for text in texts(shipped_sop()) if text not in page] == []


def test_sheet_has_the_identity_block_in_the_official_order() -> None:
    head = "Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu, Transmigrasi dan Tenaga Kerja"
    assert sheet_rows(shipped()).identity == (
        ("Nomor SOP", "2023"),
        ("Tanggal Pembuatan", "10 Juli 2023"),
        ("Tanggal Revisi", "-"),
        ("Tanggal Pengesahan", "10 Juli 2023"),
        ("Disahkan oleh", f"Kepala {head}"),
        ("Nama SOP", "Pelaksanaan Pengukuran Kinerja / Penilaian SKP"),
    )


def test_sheet_of_a_draft_has_no_approval_date() -> None:
    sop = shipped()
    sheet = sheet_rows(replace(sop, identity=replace(sop.identity, approved_on=None)))
    assert sheet.identity[3] == ("Tanggal Pengesahan", "-")
    assert "Versi 1: Rancangan" in rendered(sop, state="draft")


def test_sheet_has_the_standard_times_of_the_source() -> None:
    rows = sheet_rows(shipped()).rows
    assert [row.time for row in rows] == ["2 jam", "2 jam", "1 jam", "1 jam", "1 jam", "1 jam", "15 menit"]
    assert rows[2].inputs == "Formulir kinerja; komputer/laptop"


def test_each_row_has_its_symbol_in_its_actors_column_only() -> None:
    sheet = sheet_rows(shipped())
    drawn = [
        [(sheet.actors[at], cell.mark.text) for at, cell in enumerate(row.cells) if cell.mark] for row in sheet.rows
    ]
    assert drawn == [
        [("Staf", "MULAI")],
        [("Kasubbag Umum dan Kepegawaian", "")],
        [("Staf", "")],
        [("Atasan Langsung", "")],
        [("Para Pegawai", "")],
        [("Staf", "")],
        [("Kasubbag Umum dan Kepegawaian", "SELESAI")],
    ]


def test_each_symbol_says_itself_to_a_screen_reader() -> None:
    alternatives = re.findall(r'role="img" aria-label="([^"]+)"', rendered(shipped()))
    assert alternatives == [
        "Langkah 1: kapsul (mulai), Staf",
        "Langkah 2: belah ketupat (keputusan), Kasubbag Umum dan Kepegawaian; bila tidak, dikembalikan ke langkah 1",
        "Langkah 3: kotak (proses), Staf",
        "Langkah 4: belah ketupat (keputusan), Atasan Langsung; bila tidak, dikembalikan ke langkah 1 atau langkah 3",
        "Langkah 5: kotak (proses), Para Pegawai",
        "Langkah 6: kotak (proses), Staf",
        "Langkah 7: kapsul (selesai), Kasubbag Umum dan Kepegawaian",
    ]


def test_returns_are_drawn_from_each_check_to_its_targets() -> None:
    sheet = sheet_rows(shipped())
    arriving = [row.number for row in sheet.rows for cell in row.cells if cell.mark and returning(cell)]
    leaving = [
        row.number for row in sheet.rows for cell in row.cells if any(word.text == "Tidak" for word in cell.words)
    ]
    assert (arriving, leaving) == ([1, 3], [2, 4])


def returning(cell: Cell) -> bool:
    return cell.mark is not None and any(head.returns for head in cell.mark.heads)


def test_sheet_holds_to_the_content_security_policy() -> None:
    page = rendered(shipped())
    assert re.findall(r"<script|<style|\sstyle=|\son\w+=|javascript:", page) == []


def test_sheet_writes_coordinates_with_a_point() -> None:
    coordinates = re.findall(r'\s[xy][12]?="([^"]*)"', rendered(shipped()))
    assert coordinates
    assert [found for found in coordinates if not re.fullmatch(r"-?\d+(\.\d+)?%?", found)] == []


def test_sheet_escapes_what_an_office_writes() -> None:
    data = shipped_sop()
    data["flow"]["actors"][4]["label"] = 'Staf" onload="x'
    data["flow"]["steps"][0]["description"] = "<b>Mengumpulkan</b>"
    page = rendered(parse_sop(data))
    assert "&lt;b&gt;Mengumpulkan&lt;/b&gt;" in page
    assert 'Staf" onload' not in page


@pytest.mark.parametrize("count", [1, 3, 8])
def test_sheet_has_one_column_for_each_actor(count: int) -> None:
    data = shipped_sop()
    data["flow"]["actors"] = [{"key": f"a{at}", "label": f"Pelaksana {at}", "kind": "office"} for at in range(count)]
    for step in data["flow"]["steps"]:
        step["actor"] = f"a{step['number'] % count}"
    page = rendered(parse_sop(data))
    assert page.count('<col class="sop-col-actor">') == count
    assert page.count('<td class="sop-flow">') == 7 * count


@st.composite
def sops(draw: st.DrawFn) -> Sop:
    """The shipped SOP with its steps given to any actors and any of them checking and returning."""
    sop = shipped()
    last = len(sop.flow.steps)
    steps = []
    for step in sop.flow.steps:
        actor = draw(st.sampled_from(sop.flow.actors)).key
        returns = draw(st.sets(st.integers(1, step.number - 1))) if 1 < step.number < last else set()
        plain_symbol = step.symbol if step.number in (1, last) else Symbol.PROCESS
        symbol = Symbol.DECISION if returns else plain_symbol
        steps.append(replace(step, actor=actor, returns_to=tuple(sorted(returns)), symbol=symbol))
    flow = Flow(sop.flow.actors, tuple(steps))
    assert validate(flow) == ()
    return replace(sop, flow=flow)


def crossings(sheet: Sheet) -> tuple[list[set[Any]], list[set[Any]], list[set[Any]], list[set[Any]]]:
    """What leaves below and enters above, by row; what leaves right and enters left, by column."""
    below, above = ([set() for _ in sheet.rows] for _ in range(2))
    right, left = ([set() for _ in sheet.actors] for _ in range(2))
    for row_at, row in enumerate(sheet.rows):
        for column, cell in enumerate(row.cells):
            for line in cell.lines:
                if line.y2 == "101%":
                    below[row_at].add((column, line.x2, line.returns))
                if line.y1 in {"-1%", "0"}:
                    above[row_at].add((column, line.x1, line.returns))
                if line.x2 == "101%":
                    right[column].add((row_at, line.y2, line.returns))
                if line.x1 == "-1%":
                    left[column].add((row_at, line.y1, line.returns))
    return below, above, right, left


@given(sops())
def test_lines_meet_at_every_border(sop: Sop) -> None:
    below, above, right, left = crossings(sheet_rows(sop))
    assert below[:-1] == above[1:]
    assert right[:-1] == left[1:]
    assert (above[0], below[-1], left[0], right[-1]) == (set(), set(), set(), set())


@given(sops())
def test_lanes_of_one_column_do_not_lie_on_each_other(sop: Sop) -> None:
    targets = {target for step in sop.flow.steps for target in step.returns_to}
    sheet = sheet_rows(sop)
    ends = {
        (column, line.x1)
        for row in sheet.rows
        for column, cell in enumerate(row.cells)
        for line in cell.lines
        if line.returns and line.x1 == line.x2
    }
    assert len(ends) == len(targets)
    assert [row.number for row in sheet.rows if any(returning(cell) for cell in row.cells)] == sorted(targets)
