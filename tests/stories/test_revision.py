"""A revision of the SOP while cases run: the Kasubbag drafts, the Kepala approves, and what runs keeps its version."""

from collections.abc import Callable

from playwright.sync_api import expect
from tests.stories.people import KASUBBAG, KEPALA, PASSWORD, Person
from tests.stories.program import Program, takar

GALIH = "Galih Prasetyo, S.H."


def test_a_revision_while_cases_run(person: Callable[..., Person], demo: Program) -> None:
    nurul, rahmadi = person(KASUBBAG), person(KEPALA)
    drafts_a_step_for_the_sekretaris(nurul)
    approves(rahmadi)
    running_cases_keep_theirs(nurul)
    assert "berkas sesuai dengan SOP." in takar("conformance", "--as", KASUBBAG, "SKP-2025", data=demo.data)


def drafts_a_step_for_the_sekretaris(nurul: Person) -> None:
    nurul.page.goto("/sop/bengkel/")
    nurul.press("Buat rancangan dari versi 1")
    nurul.reads("Rancangan versi 2.")
    second = nurul.main.get_by_role("group", name="Langkah 2", exact=True)
    second.get_by_role("button", name="Tambah langkah sesudah ini").click()
    nurul.reads("Isian tersimpan, tetapi belum dapat disahkan", "Langkah 3, uraian")
    added = nurul.main.get_by_role("group", name="Langkah 3", exact=True)
    added.get_by_label("Uraian", exact=True).fill("Memaraf formulir kinerja")
    added.get_by_label("Output", exact=True).fill("Formulir kinerja yang telah diparaf")
    expect(nurul.page.locator("#pratinjau")).to_contain_text(
        "Langkah 3 ditambah: Memaraf formulir kinerja, oleh Sekretaris"
    )
    nurul.main.get_by_role("button", name="Simpan rancangan").last.click()
    nurul.reads("Rancangan disimpan.")


def approves(rahmadi: Person) -> None:
    rahmadi.page.goto("/sop/bengkel/")
    rahmadi.reads("Langkah 3 ditambah: Memaraf formulir kinerja, oleh Sekretaris, waktu baku 30 menit.")
    rahmadi.fill(**{"Nomor SOP": "000.8.3.3/7/2026", "Kata sandi Anda, sebagai pengesahan": PASSWORD})
    rahmadi.press("Sahkan versi 2")
    rahmadi.reads("SOP Nomor 000.8.3.3/7/2026 versi 2 disahkan.", "Perubahan dari versi sebelumnya")


def running_cases_keep_theirs(nurul: Person) -> None:
    nurul.page.goto("/sop/")
    nurul.reads("Versi 2, Disahkan", "Memaraf formulir kinerja")
    nurul.open_case(GALIH)
    expect(nurul.main).not_to_contain_text("Memaraf formulir kinerja")
