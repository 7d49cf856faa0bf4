"""The head's page opened down to a case: from a number to the cases behind it, to one of them, and back."""

import re
from collections.abc import Callable

from playwright.sync_api import expect
from tests.stories.people import KEPALA, Person

NUMBER = re.compile(r"^\d+")


def test_the_head_opens_a_number_down_to_a_case(person: Callable[..., Person]) -> None:
    rahmadi = person(KEPALA)
    opens_beranda(rahmadi)
    opens_the_report(rahmadi)


def opens_beranda(rahmadi: Person) -> None:
    """The number on the first page is the number of cases behind it; the browser's way back leads to it again."""
    tile = rahmadi.main.get_by_role("link", name="berkas berjalan")
    told = number_of(tile.inner_text())
    tile.click()
    rahmadi.reads_heading("Berkas")
    rahmadi.reads(f"{told} berkas")
    rahmadi.page.go_back()
    rahmadi.reads_heading("Beranda")
    expect(tile).to_contain_text(str(told))


def opens_the_report(rahmadi: Person) -> None:
    rahmadi.choose("Laporan")
    rahmadi.reads("Di mana berkasnya, dan berapa lama langkahnya", "Dari periode ke periode")
    row = rahmadi.main.get_by_role("row", name=re.compile("Memeriksa dan mengecek data kinerja pegawai"))
    here = row.get_by_role("link").first
    told = number_of(here.inner_text())
    here.click()
    listed = rahmadi.main.locator("tbody tr")
    expect(listed).to_have_count(told)
    link = listed.first.get_by_role("link").first
    name = link.inner_text()
    link.click()
    rahmadi.reads_heading(name)
    rahmadi.reads("Langkah 2 dari 7")
    rahmadi.page.go_back()
    expect(listed).to_have_count(told)
    rahmadi.page.go_back()
    rahmadi.reads("Di mana berkasnya, dan berapa lama langkahnya")


def number_of(text: str) -> int:
    found = NUMBER.match(text.strip())
    assert found is not None, text
    return int(found[0])
