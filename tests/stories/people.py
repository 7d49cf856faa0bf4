"""Somebody of the office in front of a browser of his or her own, and what that browser complains about."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, Request, Response, expect
from pypdf import PdfWriter
from tests.stories.pictures import photograph

PASSWORD = "peragaan-takar"
MOST_SHOWN = 1500
DESKTOP, PHONE = (1280, 800), (390, 844)

STAF, STAF_2 = "199010152015042001", "198806302014021002"
KASUBBAG = "197907212005012003"
ATASAN, ATASAN_PERIZINAN = "197009171998031006", "196912251995032001"
PEGAWAI, ORANG_LAIN = "198503142010011008", "199305272018011003"
SEKRETARIS, KEPALA = "197103081996032002", "196805121993031004"


class Watch:
    """Whatever a browser reports that a page in order would not cause."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        context.on("console", lambda message: self._console(message.type, message.text))
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def _console(self, kind: str, text: str) -> None:
        """Refused requests are counted where their answer comes in."""
        if kind in {"error", "warning"} and not text.startswith("Failed to load resource: the server responded"):
            self.complaints.append(f"console {kind}: {text}")

    def _failed(self, request: Request) -> None:
        """A page that is left while it loads, and a file that is saved instead of shown, are no failures."""
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.method} {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.request.method} {response.url}")


class Person:
    def __init__(self, browser: Browser, address: str, size: tuple[int, int] = DESKTOP) -> None:
        self.context = browser.new_context(
            base_url=address, viewport={"width": size[0], "height": size[1]}, locale="id-ID", accept_downloads=True
        )
        self.context.set_default_timeout(30_000)
        self.watch = Watch(self.context)
        self.page: Page = self.context.new_page()
        self.page.on("dialog", self._no_dialog)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def leave(self) -> None:
        """Close the browser; nothing may have been complained about on the way."""
        self.context.close()
        assert not self.watch.complaints, "; ".join(self.watch.complaints)

    def sign_in(self, nip: str, password: str = PASSWORD) -> "Person":
        self.page.goto("/masuk/")
        self.page.get_by_label("NIP", exact=True).fill(nip)
        self.page.get_by_label("Kata sandi", exact=True).fill(password)
        self.page.get_by_role("button", name="Masuk").click()
        self.reads_heading("Beranda")
        return self

    def choose(self, menu: str) -> None:
        """Follow a link of the main menu."""
        link = self.page.locator("a", has_text=re.compile(rf"^\s*{re.escape(menu)}(\s+\d+)?\s*$"))
        shown = self.page.get_by_role("navigation", name="Menu utama")
        shown.locator(link).wait_for(state="attached")  # between two pages there is no menu at all
        if not shown.locator(link).is_visible():
            shown.locator("details", has=link).locator("summary").click()
        shown.locator(link).click()

    def open_task(self, step: int, name: str) -> None:
        """From Tugas Saya to one case's open step."""
        self.page.goto(f"/tugas/?langkah={step}")
        self.main.get_by_role("link", name=name).click()
        self.reads_heading(name)
        self.reads(f"Langkah {step}.")

    def open_case(self, name: str) -> None:
        """From Berkas to one case's page, by its name."""
        self.choose("Berkas")
        self.page.get_by_label("Nama atau NIP").fill(name)
        self.main.get_by_role("button", name="Cari").click()
        self.main.get_by_role("link", name=name).click()
        self.reads_heading(name)

    def press(self, button: str) -> None:
        self.main.get_by_role("button", name=button, exact=True).click()

    def fill(self, **cells: str) -> None:
        """Type into fields by their label, written with _ for each space."""
        for label, text in cells.items():
            self.main.get_by_label(label.replace("_", " "), exact=True).fill(text)

    def sign(self, button: str, password: str = PASSWORD) -> None:
        """Press a button that binds, with the password as signature."""
        self.main.get_by_label("Kata sandi Anda, sebagai tanda tangan").fill(password)
        self.press(button)

    def reads_heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def reads(self, *texts: str) -> None:
        for text in texts:
            try:
                expect(self.main).to_contain_text(text)
            except AssertionError:
                seen = " ".join(self.main.inner_text().split())
                message = f"“{text}” is not on {self.page.url}, which says: {seen[:MOST_SHOWN]}"
                raise AssertionError(message) from None

    def reads_at(self, path: str, *texts: str) -> None:
        self.page.goto(path)
        self.reads(*texts)

    def reads_not(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def buttons(self) -> list[str]:
        """All acts that the page offers, in their order; the step's own clock is beside them."""
        acts = self.main.locator("button:not(form.clock button)")
        return [" ".join(text.split()) for text in acts.all_inner_texts()]

    def waiting(self) -> dict[int, int]:
        """How many tasks wait on Beranda, by step."""
        self.page.goto("/")
        tiles = self.main.locator("a.tile")
        found = [re.match(r"(\d+)\s*Langkah (\d+):", text) for text in tiles.all_inner_texts()]
        return {int(tile[2]): int(tile[1]) for tile in found if tile}

    def menu(self) -> list[str]:
        """All links, those under a closed heading too."""
        links = self.page.get_by_role("navigation", name="Menu utama").locator("a").all_text_contents()
        return [" ".join(link.split()) for link in links]

    def download(self, link: Locator) -> bytes:
        """What a link gives, as a file."""
        answer = self.context.request.get(str(link.get_attribute("href")))
        assert answer.status == 200
        return answer.body()

    @contextmanager
    def refused(self, status: int) -> Iterator[None]:
        """Exactly one answer in this block refuses, with this status, and the page says why."""
        before = list(self.watch.complaints)
        with self.page.expect_response(lambda answer: answer.status == status):
            yield
        expect(self.main.locator("[role=alert], .field-error, p.lead").first).to_be_visible()
        after = self.watch.complaints[len(before) :]
        assert [line.split(":")[0] for line in after] == [str(status)]
        self.watch.complaints = before

    def forgive(self, status: int) -> None:
        """The one refusal that this browser met was the expected one."""
        assert [line.split(":")[0] for line in self.watch.complaints] == [str(status)]
        self.watch.complaints = []

    def picture(self, name: str, first: Locator | None = None, last: Locator | None = None) -> None:
        photograph(self.page, name, first, last)

    def _no_dialog(self, dialog: Dialog) -> None:
        self.watch.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


def scan(folder: Path, name: str = "laporan-potensi-triwulan-iv.pdf") -> Path:
    """A small PDF, as a scanner would leave it."""
    path = folder / name
    with PdfWriter() as writer:
        writer.add_blank_page(width=595, height=842)
        writer.write(path)
    return path
