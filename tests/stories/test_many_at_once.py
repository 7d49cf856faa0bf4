"""The same act on many cases, and two people at the same act."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.stories.people import ATASAN_PERIZINAN, KASUBBAG, STAF, STAF_2, Person

ARIF, WULAN, LESTARI, GALIH = (
    "Arif Budiman, S.Kom.",
    "Wulan Sari, S.H.",
    "Lestari Handayani, S.Ak.",
    "Galih Prasetyo, S.H.",
)


def test_the_desk_and_the_superior_act_on_several_cases_at_once(person: Callable[..., Person]) -> None:
    nurul, rina, fatimah = person(KASUBBAG), person(STAF), person(ATASAN_PERIZINAN)
    nurul.page.goto("/tugas/?langkah=2")
    with nurul.refused(422):
        nurul.press("Terima")
    nurul.reads("Centang dahulu berkas yang akan dikerjakan.")
    tick(nurul, ARIF, WULAN)
    nurul.picture("kasubbag-sekaligus", nurul.main.locator("table"), nurul.main.locator("fieldset"))
    nurul.press("Terima")
    assert lines_of_result(nurul) == [f"{ARIF} ✓ Selesai.", f"{WULAN} ✓ Selesai."]
    nurul.picture("hasil-sekaligus", nurul.page.locator("h1"), nurul.main.get_by_role("link", name="Kembali"))

    rina.page.goto("/tugas/?langkah=3")
    tick(rina, ARIF, WULAN)
    rina.press("Konfirmasi dan kirim")
    rina.reads("2 berkas selesai.")

    approves_several(fatimah)
    fatimah.open_case(ARIF)
    fatimah.reads("Langkah 5 dari 7, di tangan Para Pegawai: Arif Budiman, S.Kom.")


def approves_several(fatimah: Person) -> None:
    """One password for all; a case that is not filled in stays, with what is missing."""
    assert fatimah.waiting() == {4: 2}
    fills_in_and_saves(fatimah, ARIF)
    fatimah.page.goto("/tugas/?langkah=4")
    tick(fatimah, ARIF, WULAN)
    fatimah.picture("atasan-sekaligus", fatimah.main.locator("table"), fatimah.main.locator("fieldset"))
    with fatimah.refused(422):
        fatimah.press("Setujui dan tanda tangani")
    fatimah.reads("Kata sandi yang dimasukkan salah.")
    expect(fatimah.main.get_by_label(f"Pilih {WULAN}")).to_be_checked()
    fatimah.sign("Setujui dan tanda tangani")
    first, second = lines_of_result(fatimah)
    assert first == f"{ARIF} ✓ Selesai."
    assert second.startswith(f"{WULAN} ✗ ")
    assert "Kegiatan 1, Kualitas" in second
    fatimah.reads("1 berkas selesai, 1 tidak.")
    assert fatimah.waiting() == {4: 1}


def test_of_two_people_at_the_same_step_one_wins_and_the_other_reads_who(person: Callable[..., Person]) -> None:
    pair = {"Rina Oktaviani, A.Md.": person(STAF), "Dedi Kurniawan, S.Kom.": person(STAF_2)}
    for one in pair.values():
        one.open_task(6, GALIH)
    for one in pair.values():
        press_soon(one.page, "Catat penggandaan")
    headings = {name: heading_after_the_press(one) for name, one in pair.items()}
    assert sorted(headings.values()) == ["Tidak dapat dilakukan", "Tugas Saya"]
    winner = next(name for name, heading in headings.items() if heading == "Tugas Saya")
    loser = next(one for name, one in pair.items() if name != winner)
    loser.reads(f"Langkah 6 (Penggandaan dokumen pengukuran kinerja) sudah diselesaikan oleh {winner} pada")
    loser.reads("tidak ada yang berubah.")
    loser.forgive(409)
    loser.open_case(GALIH)
    expect(loser.main.get_by_role("link", name=re.compile(r"^Salinan \d+$"))).to_have_count(3)


def test_a_form_left_open_while_a_colleague_finished_changes_nothing(person: Callable[..., Person]) -> None:
    rina, dedi = person(STAF), person(STAF_2)
    for one in (rina, dedi):
        one.open_task(3, LESTARI)
    rina.press("Konfirmasi dan kirim")
    rina.reads(f"Langkah selesai; berkas {LESTARI} diteruskan.")
    dedi.main.get_by_label("Kuantitas baris 1").fill("1")
    with dedi.refused(409):
        dedi.press("Simpan dan bandingkan")
    dedi.reads("sudah diselesaikan oleh Rina Oktaviani, A.Md. pada")
    dedi.picture("sudah-selesai", dedi.page.locator("h1"), dedi.main.get_by_role("link", name="Ke Beranda"))


def tick(person: Person, *names: str) -> None:
    for name in names:
        person.main.get_by_label(f"Pilih {name}").check()


def lines_of_result(person: Person) -> list[str]:
    """Name and result of each line of a bulk act."""
    person.reads_heading("Hasil")
    return sorted(" ".join(row.split("\t")[1:]) for row in person.main.locator("tbody tr").all_inner_texts())


def fills_in_and_saves(fatimah: Person, name: str) -> None:
    fatimah.open_task(4, name)
    for cell in fatimah.main.locator("input.num").all():
        cell.fill("87")
    fatimah.press("Simpan dan hitung")
    fatimah.reads(f"Isian berkas {name} disimpan.")


def press_soon(page: Page, button: str) -> None:
    """Press without waiting for what follows, so that both presses are under way together."""
    page.get_by_role("button", name=button).evaluate("button => { setTimeout(() => button.click(), 300) }")


def heading_after_the_press(person: Person) -> str:
    heading = person.page.get_by_role("heading", level=1)
    expect(heading).not_to_have_text(GALIH)
    return heading.inner_text()
