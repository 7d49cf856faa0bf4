"""Whatever pages, commands, the API or the schedule can start and that writes, leaves an event, or stands here with its reason.

Read from the code: who calls whom by name, across modules. A function below an act that records is part of that act.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "takar"
SECURITY = SOURCE.parents[1] / "docs" / "security.md"
WRITES = {"create", "save", "update", "delete", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
RECORDS = {"audit.actions.record", "audit.actions.record_many"}
DOORS = {"web", "api", "cli", "upkeep", "reports"}
# Rooms that hold no acts of an office, or are the trail itself.
OTHER = {"audit", "common", "rules"}
EXCEPTIONS = {
    "accounts.actions.throttle": "counts",
    "accounts.limits.tell_others": "counts",
    "accounts.actions.forget_attempts": "forgets",
    "accounts.sessions.forget_sessions": "forgets",
    "jobs.actions.prune_jobs": "forgets",
    "notices.actions.prune": "forgets",
    "repeats.actions.forget_old": "forgets",
    "casework.reminders.remind": "tells",
    "review.reminders.remind": "tells",
    "notices.letters.post": "tells",
    "organisation.tokens.note_use": "notes",
    "privacy.readings.note_reading": "notes",
    "repeats.actions.once": "notes",
}


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def names_in(tree: ast.AST) -> dict[str, str]:
    """What a module calls by a name of its own → where that is."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {
        alias.asname or alias.name: f"{node.module.removeprefix('takar').strip('.')}.{alias.name}".strip(".")
        for node in found
        if node.module and node.module.startswith("takar")
        for alias in node.names
    }


def mentioned(tree: ast.AST, names: dict[str, str], module: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield names.get(node.id, f"{module}.{node.id}")
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            yield f"{names[node.value.id]}.{node.attr}"


def read_code() -> tuple[dict[str, tuple[bool, frozenset[str]]], set[str]]:
    """Every function with whether it writes and what it mentions; and what the doors mention."""
    functions, doors = dict[str, tuple[bool, frozenset[str]]](), set[str]()
    for path in sorted(SOURCE.rglob("*.py")):
        room, tree = path.relative_to(SOURCE).parts[0], ast.parse(path.read_text("utf-8"))
        if "migrations" in path.parts or room in OTHER:
            continue
        module, names = module_of(path), names_in(tree)
        if room in DOORS or path.name == "apps.py":
            doors |= set(mentioned(tree, names, module))
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                calls = [part.func for part in ast.walk(node) if isinstance(part, ast.Call)]
                writes = any(
                    isinstance(call, ast.Attribute) and call.attr in WRITES and ast.unparse(call) != "digest.update"
                    for call in calls
                )
                functions[f"{module}.{node.name}"] = writes, frozenset(mentioned(node, names, module))
    return functions, doors


def below(name: str, functions: dict[str, tuple[bool, frozenset[str]]], seen: set[str]) -> set[str]:
    if name not in seen:
        seen.add(name)
        for other in functions.get(name, (False, frozenset()))[1]:
            below(other, functions, seen)
    return seen


def test_every_write_leaves_its_event_or_is_a_named_exception() -> None:
    functions, doors = read_code()
    reached = {name: below(name, functions, set()) for name in doors & functions.keys()}
    writing = {name: found for name, found in reached.items() if any(functions.get(one, (False,))[0] for one in found)}
    silent = {name for name, found in writing.items() if not found & RECORDS}
    assert silent == set(EXCEPTIONS)
    assert len(writing) > 100


def test_every_exception_stands_in_the_paper() -> None:
    told = SECURITY.read_text("utf-8")
    assert [name for name in EXCEPTIONS if f"`{name}`" not in told] == []
