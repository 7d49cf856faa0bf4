"""Rules of the house that no linter holds."""

import hashlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
TEMPLATES = SOURCE / "takar/web/templates"
MANIFESTS = {
    SOURCE / "takar/web/static/vendor/MANIFEST.toml": ("file", "path"),
    SOURCE / "takar/documents/forms/fonts/MANIFEST.toml": ("font", "file"),
}
LOCKS = ("base.txt", "dev.txt", "uv.txt")
LONGEST_TEMPLATE = 200


def office_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("takar.")]


def templates() -> dict[str, str]:
    return {path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in TEMPLATES.rglob("*.html")}


# --- rooms


def storeys() -> dict[str, int]:
    """Each room with its storey, the ground floor highest, from the contract that the import linter holds."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "layers")
    return {room.strip(): depth for depth, layer in enumerate(layers) for room in layer.split("|")}


def room_of(model: type[Model]) -> str:
    return model.__module__.split(".")[1]


def test_foreign_keys_point_down() -> None:
    depth = storeys()
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in office_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and isinstance(field.related_model, type)
        if room_of(field.related_model) != room_of(model)
        if depth[room_of(field.related_model)] <= depth[room_of(model)]
    ]
    assert upward == []


def test_every_room_of_the_source_has_its_storey() -> None:
    rooms = {path.parent.name for path in (SOURCE / "takar").glob("*/__init__.py")}
    assert rooms == set(storeys())


def test_every_model_says_what_it_is() -> None:
    assert [m._meta.label for m in office_models() if "verbose_name" not in m._meta.original_attrs] == []


def test_every_field_says_what_it_holds() -> None:
    fields = [(model._meta.label, field) for model in office_models() for field in model._meta.fields]
    assert [
        f"{label}.{field.name}" for label, field in fields if field._verbose_name is None and field.name != "id"
    ] == []


@pytest.mark.usefixtures("db")
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# --- templates


def test_every_template_is_used() -> None:
    texts = [path.read_text() for path in SOURCE.rglob("*.py")] + list(templates().values())
    used = {name for text in texts for name in re.findall(r"""["']([\w/.-]+\.html)["']""", text)}
    assert sorted(templates().keys() - used) == []
    assert sorted(name for name in used if name.startswith("web/") and name not in templates()) == []


def test_templates_fit_on_a_few_screens() -> None:
    assert {name: n for name, text in templates().items() if (n := len(text.splitlines())) > LONGEST_TEMPLATE} == {}


@pytest.mark.parametrize(
    "forbidden",
    [
        r"<script(?![^>]*\ssrc=)",
        r"<style",
        r"\sstyle=",
        r"\son[a-z]+\s*=",
        r"javascript:",
        r"hx-on",
        r"\|\s*safe\b",
        r"autoescape\s+off",
        r"https?://",
    ],
)
def test_no_template_holds_what_the_policy_forbids(forbidden: str) -> None:
    pattern = re.compile(forbidden, re.IGNORECASE)
    assert {name: found for name, text in templates().items() if (found := pattern.findall(text))} == {}


def test_every_form_that_is_sent_carries_its_token() -> None:
    pattern = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.IGNORECASE | re.DOTALL)
    bare = [
        name for name, text in templates().items() for form in pattern.findall(text) if "{% csrf_token %}" not in form
    ]
    assert bare == []


# --- what comes from others


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda path: path.parent.name)
def test_vendored_files_are_those_of_the_manifest(manifest: Path) -> None:
    table, key = MANIFESTS[manifest]
    listed = tomllib.loads(manifest.read_text())[table]
    assert {e[key]: hashlib.sha256((manifest.parent / e[key]).read_bytes()).hexdigest() for e in listed} == {
        entry[key]: entry["sha256"] for entry in listed
    }
    known = {"MANIFEST.toml"} | {name for entry in listed for name in (entry[key], entry["licence_file"])}
    assert {path.name for path in manifest.parent.iterdir()} == known
    assert [entry[key] for entry in listed if not entry["version"] or not entry["licence"]] == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_locked_with_its_hashes(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    exact = re.compile(r"[a-z0-9][a-z0-9.-]*(\[[a-z0-9,-]+\])?==[^\s;]+( ; [^-]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert [line[:60] for line in lines if not exact.fullmatch(line)] == []
    assert len(lines) > 0


def test_what_is_asked_for_is_locked() -> None:
    for name in ("base", "dev"):
        wanted = (ROOT / "requirements" / f"{name}.in").read_text()
        asked = re.findall(r"^([a-z0-9][a-z0-9-]*)", wanted, re.MULTILINE)
        locked = (ROOT / "requirements" / f"{name}.txt").read_text()
        assert [package for package in asked if not re.search(rf"^{package}(\[.*\])?==", locked, re.MULTILINE)] == []


# --- what the tree does not speak of


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)  # noqa: S607
    if listed.returncode:
        pytest.skip("not a clone")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_a_package_index_or_a_place_on_a_machine() -> None:
    """Written in pieces, so that this file does not name them either."""
    pieces = (
        ("pypi", r"\.org"), ("pythonhosted", r"\.org"), ("index", "-url"), ("arti", "factory"), ("npmjs", r"\.(com|org)"),
        ("registry", r"\.npm"), ("proxy", r"\.golang"), (r"(?<![\w./-])/wo", "rk/"), (r"(?<![\w./-])/ro", "ot/"),
        (r"(?<![\w./-])/ho", "me/[a-z]"), (r"(?<![\w./-])/tm", "p/[a-z]"), (r"C:", r"\\\\Users"),
    )  # fmt: skip
    pattern = re.compile("|".join(first + second for first, second in pieces))
    found = {}
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if hits := sorted({match[0] for match in pattern.finditer(text)}):
            found[path.relative_to(ROOT).as_posix()] = hits
    assert found == {}
