"""A Plt. who assesses: the decree is recorded, the task comes to the holder, the document says in whose place."""

import datetime as dt
import io
from collections.abc import Callable

from playwright.sync_api import expect
from pypdf import PdfReader
from tests.stories.people import ATASAN, ATASAN_PERIZINAN, KASUBBAG, PHONE, Person
from tests.stories.program import Program, takar

MAYA, NIP = "Maya Puspitasari, S.IP.", "198708092011012006"
TITLE = "Plt. Kepala Bidang Penanaman Modal"
DECREE = "800.1.11.1/033/DPMPTSPTK/2026"


def test_a_plt_assesses(person: Callable[..., Person], demo: Program) -> None:
    nurul, fatimah, maya = person(KASUBBAG), person(ATASAN_PERIZINAN), person(NIP, PHONE)

    gives_the_mandate(nurul)
    assesses_in_his_place(fatimah)
    reads_who_assessed(maya)
    revokes_it(nurul)
    fatimah.page.goto("/berkas/")
    fatimah.reads_not(MAYA)
    assert "Tidak ada kelainan." in takar("verify", data=demo.data)


def gives_the_mandate(nurul: Person) -> None:
    nurul.page.goto("/kantor/mandat/")
    today = dt.date.today()  # noqa: DTZ011 -- the office's day and this computer's may differ by one, which the dates allow
    nurul.main.get_by_label("Jenis", exact=True).select_option("plt")
    nurul.fill(
        **{
            "NIP pejabat yang digantikan": ATASAN,
            "NIP pemegang mandat": ATASAN_PERIZINAN,
            "Nomor surat perintah": DECREE,
            "Tanggal surat perintah": (today - dt.timedelta(days=1)).isoformat(),
            "Hari pertama": (today - dt.timedelta(days=1)).isoformat(),
            "Hari terakhir": (today + dt.timedelta(days=30)).isoformat(),
        }
    )
    nurul.press("Catat mandat")
    nurul.reads(f"dicatat sebagai {TITLE}", DECREE)


def assesses_in_his_place(fatimah: Person) -> None:
    fatimah.open_task(4, MAYA)
    fatimah.reads(f"Anda bertindak {TITLE}, untuk Ir. Bambang Suprapto, M.T.")
    cells = fatimah.main.locator("input.num")
    for index in range(cells.count()):
        cells.nth(index).fill("88")
    expect(fatimah.main.get_by_label("Hasil sementara", exact=True)).not_to_contain_text("Nilai prestasi kerja–")
    fatimah.sign("Setujui dan tanda tangani")
    fatimah.reads(f"Langkah selesai; berkas {MAYA} diteruskan.")


def reads_who_assessed(maya: Person) -> None:
    maya.open_task(5, MAYA)
    maya.reads("Sudah ditandatangani", "Fatimah Zahra")
    content = maya.download(maya.main.get_by_role("link", name="Buka dokumen lengkap (PDF)"))
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
    for part in (TITLE, "Fatimah Zahra"):
        assert part in text
    maya.sign("Tanda tangani")
    maya.open_case(MAYA)
    maya.reads(f"({TITLE}) sebagai Pejabat penilai")


def revokes_it(nurul: Person) -> None:
    nurul.page.goto("/kantor/mandat/")
    row = nurul.main.get_by_role("row").filter(has_text=DECREE)
    row.get_by_label("Alasan").fill("Pejabat definitif kembali bertugas.")
    row.get_by_role("button", name="Cabut hari ini").click()
    nurul.reads(f"Mandat {TITLE} dicabut mulai hari ini.")
