"""All main pages, as different people and on different screens: nothing to scroll sideways, nothing unreadable."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.stories.conftest import Newcomer
from tests.stories.people import ATASAN, KASUBBAG, KEPALA, PEGAWAI, PHONE, STAF, Person
from tests.stories.program import Program

# The first link of a list leads deeper: to somebody's open step, case or targets.
STEP = "main td a[href^='/tugas/']"
CASE = "main td a[href^='/berkas/']"
PLAN = "main td a[href^='/target/']"
DEEPER = {
    "Kasubbag": (("/tugas/?langkah=2", STEP), ("/berkas/?langkah=6", CASE), ("/periode/", "main td a")),
    "Staf": (*((f"/tugas/?langkah={step}", STEP) for step in (1, 3, 6)), ("/target/?tahun=2025", PLAN)),
    "Atasan langsung": (("/tugas/", STEP), ("/berkas/", CASE)),
    "Kepala": (("/berkas/", CASE),),
    "Pegawai": (("/berkas/", CASE),),
}
KEEPING = (
    "/tugas/?langkah=2",
    "/kantor/peran/",
    "/kantor/impor/pegawai/",
    "/kantor/impor/target/",
    "/kantor/jam-kerja/",
    "/kantor/kalender/",
    "/kantor/tanda-tangan/",
    "/kantor/distribusi/",
    "/kantor/lambang/",
    "/periode/?tahun=2025",
    "/pemberitahuan/",
    "/pemberitahuan/pengaturan/",
)
BESIDE_THE_MENU = {
    "Kasubbag": ("/akun/", "/kata-sandi/", *KEEPING),
    "Staf": ("/tugas/?langkah=1",),
    "Pegawai": ("/akun/", "/pemberitahuan/"),
}
NIPS = {"Kasubbag": KASUBBAG, "Staf": STAF, "Atasan langsung": ATASAN, "Kepala": KEPALA, "Pegawai": PEGAWAI}
SERIOUS = {"serious", "critical"}
# All rules run; what each element that passed looks like, which is most of the work, is not collected.
VIOLATIONS = {"resultTypes": ["violations"]}


@pytest.mark.parametrize("who", NIPS)
def test_every_page_fits_a_phone_and_can_be_read_with_any_aid(person: Callable[..., Person], who: str) -> None:
    reader = person(NIPS[who], PHONE)
    found = [
        (path, problem) for path in every_page(reader, who) for problem in [*too_wide(reader), *unreadable(reader)]
    ]
    assert found == []


@pytest.mark.parametrize("who", ["Kasubbag", "Staf", "Atasan langsung"])
def test_every_page_on_a_desk_can_be_read_with_any_aid(person: Callable[..., Person], who: str) -> None:
    reader = person(NIPS[who])
    found = [(path, problem) for path in every_page(reader, who) for problem in unreadable(reader)]
    assert found == []


def test_the_pages_before_signing_in_fit_a_phone_and_can_be_read(newcomers: Newcomer, demo: Program) -> None:
    visitor = newcomers(demo.address, PHONE)
    for path in ("/masuk/", "/aktivasi/"):
        visitor.page.goto(path)
        assert [*too_wide(visitor), *unreadable(visitor)] == []


def too_wide(reader: Person) -> list[str]:
    """Whether the whole page has to be pushed sideways; a wide table may scroll within its own frame."""
    more = reader.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    return [f"{more} px too wide"] if more > 0 else []


def unreadable(reader: Person) -> list[str]:
    """What axe finds that keeps people from reading or acting: rule and element."""
    violations = Axe().run(reader.page, options=VIOLATIONS).response["violations"]
    return [f"{item['id']}: {item['nodes'][0]['html']}" for item in violations if item["impact"] in SERIOUS]


def every_page(reader: Person, who: str) -> Iterator[str]:
    """Open one page after the other: those of the menu, those beside it, and those behind a list."""
    menu = reader.page.get_by_role("navigation", name="Menu utama").locator("a")
    addresses = menu.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    for path in (*addresses, *BESIDE_THE_MENU.get(who, ())):
        reader.page.goto(path)
        yield path
    for path, link in DEEPER[who]:
        reader.page.goto(path)
        reader.page.locator(link).first.click()
        expect(reader.page).not_to_have_url(re.compile(re.escape(path) + "$"))
        yield reader.page.url
