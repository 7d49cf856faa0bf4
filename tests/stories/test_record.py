"""The record, from the approval to the archive and back: signed, copied, kept, then superseded after an objection.

The same story for each regulation; what is typed to approve and to change a result is all that differs. What comes before
the approval is made by acts (`small_office`), so the browsers begin where the paper does.
"""

import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader
from tests.office import PASSWORD, PEOPLE
from tests.stories.people import DESKTOP, PHONE, Person
from tests.stories.program import Program, running, small_office, takar
from tests.stories.test_seven_steps import text_of

QPDF, PDFSIG = shutil.which("qpdf"), shutil.which("pdfsig")
COME_BACK = "Salinan ini harus dikembalikan kepada kantor yang menerbitkannya."
REASONS = "Laporan diterima tanpa perbaikan, tetapi dinilai seolah-olah diperbaiki."
DECIDED = "Tanda terima membuktikan laporan diterima tanpa perbaikan."


@dataclass(frozen=True, slots=True)
class Regime:
    """Where the two regulations differ in this story."""

    who: str
    code: str
    before: str
    after: str
    answer: str
    change: str
    decide: Callable[[Person], None]

    @property
    def name(self) -> str:
        return PEOPLE[self.who][1]


def a_better_quality(superior: Person) -> None:
    superior.main.get_by_label("Kualitas kegiatan 1").fill("100")


def a_better_rating(superior: Person) -> None:
    superior.main.locator("#result").select_option("diatas")
    superior.main.locator("#result_reason").fill(DECIDED)


PP46 = Regime("pegawai", "SKP-2025", "90,48", "91,48", "Beri tanggapan", "Ubah nilai", a_better_quality)
SIX = Regime(
    "rekan", "SKP-2024", "Baik", "Diatas Ekspektasi", "Beri penjelasan", "Ubah hasil evaluasi", a_better_rating
)


@pytest.fixture(scope="module")
def program(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    data = tmp_path_factory.mktemp("record") / "data"
    small_office(data)
    with running("serve", data=data) as program:
        yield program


@pytest.fixture
def visitor(newcomers: Callable[..., Person], program: Program) -> Person:
    """Somebody with a sheet of paper and without an account."""
    return newcomers(program.address, PHONE)


@pytest.fixture
def colleague(newcomers: Callable[..., Person], program: Program) -> Callable[..., Person]:
    return lambda who, size=DESKTOP: newcomers(program.address, size).sign_in(PEOPLE[who][0], PASSWORD)


@pytest.mark.parametrize("regime", [PP46, SIX], ids=["pp46", "permenpan6"])
def test_a_document_is_signed_copied_kept_and_superseded(
    colleague: Callable[..., Person], visitor: Person, program: Program, regime: Regime, tmp_path: Path
) -> None:
    atasan, staf, kasubbag = colleague("atasan"), colleague("staf"), colleague("kasubbag")
    employee = colleague(regime.who, PHONE)

    old = approves_and_signs(atasan, employee, regime)
    hands_over_copies(staf, employee, old, regime)
    puts_in_a_box(kasubbag, old, regime)
    signed = document(employee, old, regime)
    copied = a_copy_shows_the_signatures(staf, old)
    is_genuine(visitor, signed, regime.before)

    kepala = colleague("kepala")
    new = objects_and_changes(employee, atasan, kepala, regime)
    says_what_took_its_place(visitor, signed, copied, new)
    calls_the_copies_back(staf, visitor, old, copied, new)
    hands_over_copies(staf, employee, new, regime)
    puts_in_a_box(kasubbag, new, regime)
    both_are_kept(kasubbag, old, new, regime)
    decided = document(employee, new, regime)
    assert "Tidak ada kelainan." in takar("verify", data=program.data)
    assert signers(signed, tmp_path) == ["Andi Saputra", regime.name]
    assert signers(decided, tmp_path) == ["Karta Wijaya"]


def approves_and_signs(atasan: Person, employee: Person, regime: Regime) -> str:
    """Steps 4 and 5: each with the password; what the assessor filled in before is there."""
    atasan.open_task(4, regime.name)
    expect(atasan.main.get_by_label("Hasil sementara", exact=True)).to_contain_text(regime.before)
    atasan.sign("Setujui dan tanda tangani", PASSWORD)
    atasan.reads(f"Langkah selesai; berkas {regime.name} diteruskan.")
    employee.open_task(5, regime.name)
    number = employee.main.get_by_role("heading", level=2).first.inner_text().split(" nomor ")[1]
    employee.sign("Tanda tangani", PASSWORD)
    employee.reads(f"Langkah selesai; berkas {regime.name} diteruskan.")
    return number


def hands_over_copies(staf: Person, employee: Person, number: str, regime: Regime) -> None:
    """Step 6: one inside the program, one on paper with a receipt, one in the file."""
    staf.open_task(6, regime.name)
    staf.main.get_by_label("Bentuk salinan 1").select_option("elektronik")
    staf.press("Catat penggandaan")
    staf.reads(f"Langkah selesai; berkas {regime.name} diteruskan.")
    employee.page.goto("/salinan/")
    row = employee.main.get_by_role("row", name=number)
    row.get_by_role("button", name="Saya terima").click()
    employee.reads(f"Tanda terima salinan 1 dari {number} dicatat.")
    opens_the_copies(staf, number)
    records(staf, 2, "Diterima")


def opens_the_copies(staf: Person, number: str, wanted: str = "") -> None:
    staf.page.goto("/arsip/salinan/")
    if wanted:
        staf.main.get_by_role("link", name=wanted).click()
    staf.main.get_by_role("link", name=number).first.click()
    staf.reads_heading(f"Salinan {number}")


def records(staf: Person, copy: int, what: str) -> None:
    row = staf.main.get_by_role("row").filter(has=staf.page.get_by_role("link", name=f"Salinan {copy}", exact=True))
    row.get_by_label("Kejadian").select_option(label=what)
    row.get_by_role("button", name="Catat").click()
    staf.reads(f": {what.lower()}.")


def puts_in_a_box(kasubbag: Person, number: str, regime: Regime) -> None:
    """Step 7."""
    kasubbag.open_task(7, regime.name)
    kasubbag.reads(number)
    kasubbag.fill(Box_file="B-07", Rak="R-1")
    kasubbag.press("Arsipkan")
    kasubbag.reads(f"Langkah selesai; berkas {regime.name} diteruskan.")


def document(employee: Person, number: str, regime: Regime) -> bytes:
    employee.page.goto(f"/berkas/?periode={regime.code}")
    employee.main.get_by_role("link", name=regime.name).click()
    employee.reads_heading(regime.name)
    return employee.download(employee.main.get_by_role("link", name=number).first)


def signers(pdf: bytes, folder: Path) -> list[str]:
    """Whose signatures are in it, in their order, as a program says that knows nothing of this one; all must hold."""
    path = folder / "dokumen.pdf"
    path.write_bytes(pdf)
    with pikepdf.open(path) as opened:
        assert opened.check_pdf_syntax() == []
    if QPDF:
        subprocess.run([QPDF, "--check", path], check=True, capture_output=True)
    if not PDFSIG:
        pytest.skip("pdfsig is not on this computer (Debian: poppler-utils): nobody but us checked the signatures")
    told = subprocess.run([PDFSIG, path], capture_output=True, text=True, check=False).stdout
    names = re.findall(r"Signer Certificate Common Name: (.+)", told)
    assert told.count("Signature Validation: Signature is Valid.") == len(names), told
    assert told.count("  - Total document signed") == 1, told
    return names


def a_copy_shows_the_signatures(staf: Person, number: str) -> str:
    """The second copy: its pages are those of the signed document, and each says that it is a copy. Gives its code."""
    opens_the_copies(staf, number)
    content = staf.download(staf.main.get_by_role("link", name="Salinan 2", exact=True))
    text = text_of(content)
    pages = len(PdfReader(io.BytesIO(content)).pages)
    assert (text.count("SALINAN Nomor 2"), "Ditandatangani secara elektronik" in text) == (pages, True)
    assert PdfReader(io.BytesIO(content)).get_fields() in ({}, None)
    return str(re.findall(r"Kode periksa ([A-Z0-9]{12})", text)[0])


def is_genuine(visitor: Person, signed: bytes, result: str) -> None:
    """By number and word, by upload, by code: the same answer, and what kind of signatures it bears."""
    check = check_of(signed)
    visitor.page.goto("/periksa/")
    visitor.fill(Nomor_dokumen=check["number"])
    visitor.main.get_by_label("Kata periksa, pada blok tanda tangan").fill(check["word"])
    visitor.press("Periksa nomor")
    told = "Tanda tangan elektronik tidak tersertifikasi (sertifikat kantor)"
    visitor.reads("Asli", "Dokumen ini tercatat dan berlaku.", result, f"Pegawai yang dinilai: {told}")
    uploads(visitor, signed)
    visitor.reads("Dokumen ini tercatat dan berlaku.", f"Pejabat penilai: {told}")


def uploads(visitor: Person, content: bytes) -> None:
    visitor.page.goto("/periksa/")
    file = {"name": "dokumen.pdf", "mimeType": "application/pdf", "buffer": content}
    visitor.main.locator("#dokumen").set_input_files(file)  # type: ignore[arg-type]
    visitor.press("Periksa berkas")


def check_of(signed: bytes) -> dict[str, str]:
    """What the QR code of the paper says, from the record inside the PDF."""
    record = json.loads(PdfReader(io.BytesIO(signed)).attachments["data.json"][0])
    address = re.sub(r"^https?://[^/]+", "", record["check"]["address"])
    return {"number": record["number"], "word": record["check"]["word"], "address": address}


def objects_and_changes(employee: Person, atasan: Person, kepala: Person, regime: Regime) -> str:
    """The closed case opens again by the decision, which issues another document. Gives its number."""
    address = employee.page.url
    unfold(employee, "Ajukan keberatan")
    employee.main.locator("#isi-object").fill(REASONS)
    employee.press("Ajukan keberatan")
    employee.reads("Keberatan diajukan")
    atasan.page.goto(address)
    unfold(atasan, regime.answer)
    atasan.main.locator("#isi-respond").fill("Laporan diterima sesudah satu kali perbaikan.")
    atasan.press(regime.answer)
    kepala.page.goto(address)
    unfold(kepala, "Catat penjelasan pegawai")
    kepala.main.locator("#isi-hear_employee").fill("Pegawai menunjukkan tanda terimanya.")
    kepala.press("Catat penjelasan pegawai")
    unfold(kepala, regime.change)
    kepala.main.get_by_role("link", name="Buka lembar nilai").click()
    bar = kepala.main.get_by_role("region", name="Hasil sementara")
    regime.decide(kepala)
    expect(bar).to_contain_text(regime.after)
    kepala.main.locator("#alasan").fill(DECIDED)
    kepala.sign("Putuskan dan terbitkan dokumen baru", PASSWORD)
    told = kepala.main.get_by_text("diterbitkan.").first.inner_text()
    return str(re.findall(r"dokumen (\S+) diterbitkan", told)[0])


def unfold(person: Person, act: str) -> None:
    person.main.locator("summary").get_by_text(act, exact=True).click()


def says_what_took_its_place(visitor: Person, signed: bytes, copied: str, new: str) -> None:
    """Whoever holds the old paper, or a copy of it, learns so without an account."""
    visitor.page.goto(check_of(signed)["address"])
    visitor.reads("Asli, tetapi sudah digantikan", f"digantikan oleh dokumen nomor {new}", "tidak berlaku lagi")
    visitor.reads_not(COME_BACK)
    uploads(visitor, signed)
    visitor.reads("Asli, tetapi sudah digantikan", f"digantikan oleh dokumen nomor {new}")
    visitor.page.goto(f"/periksa/{copied}/")
    visitor.reads("salinan nomor 2 untuk", COME_BACK, f"digantikan oleh dokumen nomor {new}")


def calls_the_copies_back(staf: Person, visitor: Person, old: str, copied: str, new: str) -> None:
    """The copies on paper are on the list of those to be recalled; the one inside the program needs not come back."""
    staf.page.goto("/arsip/salinan/")
    staf.main.get_by_role("link", name="Harus ditarik").click()
    rows = staf.main.locator("tbody tr").filter(has_text=old)
    expect(rows).to_have_count(2)
    opens_the_copies(staf, old, "Harus ditarik")
    staf.reads(f"digantikan oleh {new}")
    records(staf, 2, "Kembali")
    staf.page.goto("/arsip/salinan/?keadaan=tarik")
    expect(staf.main.locator("tbody tr").filter(has_text=old)).to_have_count(1)
    visitor.page.goto(f"/periksa/{copied}/")
    visitor.reads("salinan nomor 2 untuk", "sudah kembali")
    visitor.reads_not(COME_BACK)


def both_are_kept(kasubbag: Person, old: str, new: str, regime: Regime) -> None:
    """The archive keeps the old document too, and says of it what took its place."""
    kasubbag.page.goto("/arsip/")
    kasubbag.page.get_by_label("Nama, NIP, tahun").fill(regime.name)
    kasubbag.press("Cari")
    expect(kasubbag.main.locator("tbody tr")).to_have_count(2)
    kasubbag.main.get_by_role("link", name=old).click()
    kasubbag.reads_heading(old)
    kasubbag.reads("B-07", f"digantikan oleh {new}")
