"""People in front of browsers, over real HTTP: they read pages, fill in the forms that stand there, and send them.

Nothing of Takar is imported: only what a page shows is known here.
"""

import gzip
import http.client
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

UUID = r"[0-9a-f]{8}-[0-9a-f-]{27}"
FORM_TYPE = "application/x-www-form-urlencoded"
BOUNDARY = "takar-7d1f2c"
KEPT_TYPES = {"submit", "button", "file", "checkbox", "radio"}


@dataclass
class Form:
    """A form as it stands on a page: where it goes, and what is in it before anybody types."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    boxes: list[str] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.area = self.select = ""

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in pairs}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif not self.forms:
            return
        elif tag == "input" and given.get("type") == "checkbox":
            self.forms[-1].boxes.append(given.get("value", ""))
        elif tag == "input" and name and given.get("type", "text") not in KEPT_TYPES:
            self.forms[-1].fields[name] = given.get("value", "")
        elif tag == "textarea":
            self.area, self.forms[-1].fields[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in given or self.select not in self.forms[-1].fields):
            self.forms[-1].fields[self.select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1].fields[self.area] += data


def forms_of(page: str) -> list[Form]:
    parser = _Forms()
    parser.feed(page)
    return parser.forms


Timed = Callable[[str, str, float], None]
"""Told of every exchange: method, path, seconds."""


class RefusedError(AssertionError):
    """An answer that nobody should get here."""


class Browser:
    """One person's browser: cookies, and a kept-alive connection to each of the servers, used in turn."""

    def __init__(
        self, *addresses: str, name: str = "", sent: dict[str, str] | None = None, timed: Timed | None = None
    ) -> None:
        self.addresses, self.name, self.turn = list(addresses), name, 0
        self.sent, self.timed = dict(sent or {}), timed
        self.cookies: dict[str, str] = {}
        self.connections: dict[str, http.client.HTTPConnection] = {}

    def get(self, path: str) -> str:
        return self._answer("GET", path, None, {})

    def post(self, path: str, fields: dict[str, str] | list[tuple[str, str]]) -> str:
        return self._answer("POST", path, urlencode(fields).encode(), {"Content-Type": FORM_TYPE})

    def post_file(self, path: str, fields: dict[str, str], name: str, content: tuple[str, bytes]) -> str:
        """A form with one file."""
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()
        ]
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{content[0]}"\r\n\r\n'
        body = "".join(parts).encode() + head.encode() + content[1] + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self._answer("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})

    def sign_in(self, username: str, password: str) -> None:
        form = next(form for form in forms_of(self.get("/masuk/")) if "login" in form.fields)
        self.post("/masuk/", form.fields | {"login": username, "password": password})

    def close(self) -> None:
        for connection in self.connections.values():
            connection.close()

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, str, bytes]:
        """Status, where it leads, and the body, from the server whose turn it is."""
        address = self.addresses[self.turn % len(self.addresses)]
        self.turn += 1
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept-Encoding": "gzip"}
        sent |= {"Referer": f"http://{address}/", **(headers or {})}
        begun = time.perf_counter()
        answer, content = self._exchange(address, method, path, body, sent | self.sent)
        if self.timed is not None:
            self.timed(method, path, time.perf_counter() - begun)
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        if answer.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        return answer.status, answer.headers.get("Location", ""), content

    def _exchange(
        self, address: str, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """A connection that the server has closed meanwhile is opened anew for what may be asked twice, as browsers do."""
        connection = self.connections.setdefault(address, http.client.HTTPConnection(address, timeout=60))
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer, answer.read()
        except (http.client.HTTPException, OSError):
            connection.close()
            if method != "GET":
                raise
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer, answer.read()

    def _answer(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> str:
        status, leads, content = self.ask(method, path, body, headers)
        if status == 302:  # followed, as every browser does
            return self._answer(
                "GET", urlsplit(leads).path + (f"?{q}" if (q := urlsplit(leads).query) else ""), None, {}
            )
        text = content.decode("utf-8", errors="replace")
        if status != 200:
            raise RefusedError(f"{self.name}: {method} {path} answered {status}: {_said(text)}")
        return text


def _said(page: str) -> str:
    main = page.partition("<main")[2] or page
    told = main.partition('class="alert alert-danger')[2] or main
    return " ".join(re.sub(r"<[^>]+>", " ", told).split())[:400]


# --- the seven steps


def tasks_at(browser: Browser, step: int, page: int = 1) -> list[str]:
    """The tasks that one page of Tugas Saya shows."""
    text = browser.get(f"/tugas/?langkah={step}&halaman={page}")
    return list(dict.fromkeys(re.findall(rf'href="/tugas/({UUID})/"', text)))


def do_step(browser: Browser, task: str, password: str, typed: dict[str, str] | None = None) -> str:
    """Open a task, fill in what its page asks for, and send it; gives the page that comes then."""
    form, _ = open_step(browser, task)
    return send(browser, form, password, "selesai", typed)


def return_step(browser: Browser, task: str, to_step: int, reason: str) -> str:
    form, _ = open_step(browser, task)
    return browser.post(form.action, form.fields | {"ke": str(to_step), "alasan": reason})


def send(browser: Browser, form: Form, password: str, act: str, typed: dict[str, str] | None = None) -> str:
    return browser.post(form.action, form.fields | filled(form, password) | (typed or {}) | {"tindakan": act})


def open_step(browser: Browser, task: str) -> tuple[Form, str]:
    """The form of a task, and whose case it is."""
    page = browser.get(f"/tugas/{task}/")
    found = [form for form in forms_of(page) if form.action == f"/tugas/{task}/"]
    if not found:
        raise RefusedError(f"{browser.name}: no form for the task {task}: {_said(page)}")
    number = re.search(r'class="nip">([\d ]+)<', page)
    return found[0], number[1].replace(" ", "") if number else ""


def filled(form: Form, password: str) -> dict[str, str]:
    """Whatever is still empty and has to be typed, by the name of its field."""
    typed = {}
    spare = tuple(name.removesuffix("name") for name in form.fields if re.fullmatch(r"line-\d+-name", name))
    for name, value in form.fields.items():
        if spare and name.startswith(spare):  # a row for what was not planned
            continue
        for pattern, text in TYPED.items():
            if not value and re.fullmatch(pattern, name):
                typed[name] = text
    return typed | ({"password": password} if "password" in form.fields else {})


TYPED = {
    r"line-\d+-quantity": "12",
    r"line-\d+-time": "11,5",
    r"line-\d+-note": "Laporan ada di map kerja.",
    r"quality-\d+": "88",
    r"behaviour-\w+": "87",
    r"box": "B-01",
    r"shelf": "R-1",
}


def bulk(browser: Browser, step: int, tasks: list[str], password: str = "") -> str:
    """Tick these on Tugas Saya and do them at once."""
    page = browser.get(f"/tugas/?langkah={step}")
    form = next(form for form in forms_of(page) if form.action.endswith("/massal/"))
    known = [*form.fields.items()]
    sent = [(k, v) for k, v in known if k not in {"alasan", "ke", "box", "shelf", "password"}]
    sent += [("box", "B-01"), ("shelf", "R-1"), ("password", password), ("tindakan", "selesai")]
    return browser.post(form.action, sent + [("pilih", task) for task in tasks])
