"""Every act of the program in every state for everybody: as the statement says, and as docs/rights.md shows it."""

import ast
from pathlib import Path

from tests.office import Office
from tests.rights.cast import CAST, people_the_office
from tests.rights.matrix import SOURCE, declaring, everything
from tests.rights.paper import paper
from tests.rights.who_may import may, stated

from takar.common.rights import RIGHTS

PAPER = Path(__file__).resolve().parents[2] / "docs" / "rights.md"
# Policies that are part of another one, which is in the register.
WITHIN = {
    "procedures.policies.check_can_act": "step.act",
    "procedures.policies.check_can_start": "period.open",
}


def test_every_cell_is_as_the_statement_says(office: Office) -> None:
    rows, lines = everything(people_the_office(office)), stated(frozenset(CAST))
    wrong = {
        f"{row.act} | {row.state}": (sorted(row.people), sorted(may(lines[row.act], row.state)))
        for row in rows
        if row.act not in lines or row.people != may(lines[row.act], row.state)
    }
    assert wrong == {}
    assert set(lines) == {row.act for row in rows}
    strangers = {"outsider", "lampau", "lama", "unit_lain"}
    assert [row.act for row in rows if row.people & strangers] == []
    assert PAPER.read_text() == paper(rows), "docs/rights.md is old: run python tools/rights.py"


def test_every_policy_is_in_the_register() -> None:
    """A function that refuses by its name is declared with its act in words, or is part of one that is."""
    found = []
    for path in sorted((SOURCE / "takar").rglob("*.py")):
        room = ".".join(path.relative_to(SOURCE / "takar").with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith(("check_can", "check_is", "check_may")):
                declared = any(
                    isinstance(mark, ast.Call) and ast.unparse(mark.func) == "right" for mark in node.decorator_list
                )
                found += [] if declared or f"{room}.{node.name}" in WITHIN else [f"{room}.{node.name}"]
    assert found == []
    assert set(WITHIN.values()) <= set(RIGHTS)
    assert len(declaring()) > 0
