"""What hasty and careful people do: press twice, go back, and work without a mouse."""

import re
from collections.abc import Callable

from playwright.sync_api import expect
from tests.stories.conftest import Newcomer
from tests.stories.people import KASUBBAG, PASSWORD, STAF, Person
from tests.stories.program import Program

ARIF, WULAN, NOOR = "Arif Budiman, S.Kom.", "Wulan Sari, S.H.", "Noor Laila, A.Md."
# The second press either arrives, and is told that the first one was heard, or never leaves the browser.
DONE_OR_TOLD = re.compile(
    r"Langkah selesai; berkas Arif Budiman, S\.Kom\. diteruskan\."
    r"|Kiriman ini sudah dikerjakan pada .*; yang kedua tidak mengubah apa pun\."
)
MOST_TABS = 80
# What a keyboard user sees: the element with the focus, its words, and whether an outline is drawn around it.
FOCUSED = """() => {
    const here = document.activeElement, style = getComputedStyle(here);
    const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return {words: (here.innerText || here.getAttribute('aria-label') || here.name || here.tagName).trim(), seen};
}"""


def test_a_second_press_on_a_finished_step_does_nothing_and_says_so(person: Callable[..., Person]) -> None:
    nurul = person(KASUBBAG)
    nurul.open_task(2, ARIF)
    nurul.main.get_by_role("button", name="Terima").dblclick()
    expect(nurul.page.get_by_role("heading", level=1)).not_to_have_text(ARIF)
    expect(nurul.main).to_contain_text(DONE_OR_TOLD)
    nurul.open_case(ARIF)
    nurul.reads("Langkah 3 dari 7, di tangan Staf sejak")
    done = nurul.main.locator(".history strong").all_inner_texts()
    assert done.count("Langkah 2 selesai") == 1
    assert done.count("Langkah 3 selesai") == 0


def test_back_after_finishing_leads_to_the_case_as_it_is_now(person: Callable[..., Person]) -> None:
    rina = person(STAF)
    rina.open_task(1, NOOR)
    rina.press("Kirim ke Kasubbag")
    rina.reads(f"Langkah selesai; berkas {NOOR} diteruskan.")
    rina.page.go_back()
    rina.reads_heading(NOOR)
    rina.reads("Langkah itu sudah diselesaikan; di bawah ini keadaan berkasnya sekarang.", "Langkah 2 dari 7")
    assert rina.buttons() == []


def test_the_check_is_done_with_the_keyboard_alone(newcomers: Newcomer, demo: Program) -> None:
    nurul = newcomers(demo.address)
    nurul.page.goto("/masuk/")
    expect(nurul.page.get_by_label("NIP", exact=True)).to_be_focused()
    nurul.page.keyboard.type("19790721 200501 2 003")
    nurul.page.keyboard.press("Tab")
    nurul.page.keyboard.type(PASSWORD)
    nurul.page.keyboard.press("Enter")
    nurul.reads_heading("Beranda")
    assert tab_to(nurul, "Langsung ke isi") == 1
    nurul.page.keyboard.press("Enter")
    tab_to(nurul, WULAN)
    nurul.page.keyboard.press("Enter")
    nurul.reads_heading(WULAN)
    nurul.reads("Langkah 2.")
    tab_to(nurul, "Terima")
    nurul.page.keyboard.press("Enter")
    nurul.reads(f"Langkah selesai; berkas {WULAN} diteruskan.")


def tab_to(person: Person, words: str) -> int:
    """Press Tab until these words have the focus; on the way every stop must be seen. Gives how many it took."""
    for presses in range(1, MOST_TABS + 1):
        person.page.keyboard.press("Tab")
        here = person.page.evaluate(FOCUSED)
        assert here["seen"], f"no outline around “{here['words']}”"
        if here["words"] == words:
            return presses
    raise AssertionError(f"“{words}” is not reached within {MOST_TABS} presses of Tab")
