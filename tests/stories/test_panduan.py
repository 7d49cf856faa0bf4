"""The users' guide: its pictures are there and are those that the stories take, its bold words are on the screen."""

import ast
import os
import re
from pathlib import Path

import pytest
from tests.stories.pictures import FOLDER
from tests.stories.program import ROOT

from takar.web.context import LINKS
from takar.web.pages import PAGES

GUIDE = FOLDER.parent
PAGES_OF_THE_GUIDE = sorted(GUIDE.glob("*.md"))
SOURCES = ROOT / "src" / "takar"
SPEAKING = ("web", "casework", "accounts", "organisation", "appraisal")
LARGEST_PICTURE = 120 * 1024
DESK_WIDTH, PHONE_WIDTH = 1280, 390
being_taken = pytest.mark.skipif(os.environ.get("TAKAR_GAMBAR") == "1", reason="the pictures are being taken anew")
EDGES = " \t\n.,:;"


@being_taken
def test_every_picture_is_shown_taken_and_kept() -> None:
    shown = set(re.findall(r"!\[[^\]]+\]\(gambar/([a-z0-9-]+)\.png\)", text_of_the_guide()))
    stories = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    taken = set(re.findall(r"\.picture\(\s*\"([a-z0-9-]+)\"", stories))
    assert shown == taken
    assert shown == {path.stem for path in FOLDER.iterdir()}


@being_taken
def test_pictures_are_small_and_as_wide_as_a_screen() -> None:
    for path in FOLDER.glob("*.png"):
        content = path.read_bytes()
        assert len(content) <= LARGEST_PICTURE, path.name
        assert int.from_bytes(content[16:20], "big") in {DESK_WIDTH, PHONE_WIDTH}, path.name


@being_taken
def test_every_link_of_the_guide_leads_somewhere() -> None:
    for page in PAGES_OF_THE_GUIDE:
        for address in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / address).is_file(), f"{page.name}: {address}"


@pytest.mark.parametrize("page", PAGES_OF_THE_GUIDE, ids=lambda page: page.stem)
def test_bold_words_stand_on_the_screen_exactly_so(page: Path) -> None:
    assert bold(page.read_text(encoding="utf-8")) - screen_words() == set()


def test_the_guide_explains_every_act_of_the_procedure_and_every_menu_of_the_desk() -> None:
    acts = {page.finish_label for page in PAGES.values()}
    menus = {link.label for link in LINKS if link.view != "mandates"} | {"Akun", "Pemberitahuan"}
    assert (acts | menus) - bold(text_of_the_guide()) == set()


def text_of_the_guide() -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES_OF_THE_GUIDE)


def bold(text: str) -> set[str]:
    """Words between double asterisks, on one line whatever the page's breaks are."""
    return {" ".join(words.split()).strip(EDGES) for words in re.findall(r"\*\*([^*]+)\*\*", text)}


def screen_words() -> set[str]:
    """Every piece of fixed text that a page can show: from the templates, and from the program's own words."""
    found: set[str] = set()
    for template in (SOURCES / "web" / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        found |= set(re.findall(r'\{% include [^%]*label="([^"]+)"', text))
        pieces = re.split(r"<[^>]*>|\{%.*?%\}|\{\{.*?\}\}", text, flags=re.DOTALL)
        found |= {" ".join(piece.split()).strip(EDGES) for piece in pieces}
    for room in SPEAKING:
        for module in (SOURCES / room).rglob("*.py"):
            tree = ast.parse(module.read_text(encoding="utf-8"))
            found |= {
                node.value.strip(EDGES)
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return found - {""}
