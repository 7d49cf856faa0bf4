"""One person's browser, and the ledger of what it was told: kept apart from the program."""

import http.client
import re
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

Fields = list[tuple[str, str]]
DONE, REFUSED, LOST, BUSY, FAILED = "dikerjakan", "ditolak", "terputus", "sibuk", "gagal"
SERVER_ERROR, REFUSAL, UNAVAILABLE = 500, 400, 503


class Lost(Exception):  # noqa: N818 -- what happened to the connection
    """Nobody knows whether the request was done."""


@dataclass
class Attempt:
    """One sending of a form, under a number of its own that the audit trail repeats."""

    number: str
    outcome: str = LOST
    status: int = 0
    place: str = ""


@dataclass
class Act:
    """What somebody wanted: one form with its key, sent until somebody answered."""

    kind: str
    verb: str
    subject: str
    key: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    chosen: tuple[str, ...] = ()
    attempts: list[Attempt] = field(default_factory=list)
    done_unseen: bool = False

    @property
    def outcome(self) -> str:
        return self.attempts[-1].outcome


@dataclass
class Ledger:
    """Every act with every answer, and how long somebody whose connection was lost had to wait."""

    acts: list[Act] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    jobs: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, outcome: str) -> int:
        return sum(act.outcome == outcome for act in self.acts)


class Browser:
    """Keeps its connection and its session while it can."""

    def __init__(self, port: int, address: str) -> None:
        self.port, self.address = port, address
        self.cookies: dict[str, str] = {}
        self.connection: http.client.HTTPConnection | None = None

    def ask(
        self, path: str, body: bytes | None = None, kind: str = "", number: str = ""
    ) -> tuple[int, str, http.client.HTTPMessage]:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Forwarded-For": self.address,
            "X-Request-ID": number or secrets.token_hex(8),
        }
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            self.connection.request(
                "GET" if body is None else "POST", path, body, headers | ({"Content-Type": kind} if kind else {})
            )
            answer = self.connection.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Lost from error
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer.status, text, answer.headers

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def patient(self, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str]:
        """The same again until somebody answers; only for what may be done twice."""
        while True:
            try:
                return self.ask(path, body, kind)[:2]
            except Lost:
                time.sleep(0.05)

    def sign_in(self, name: str, password: str) -> None:
        while "sessionid" not in self.cookies:
            _, page = self.patient("/masuk/")
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
            if token is None:
                continue
            sent = encoded([("csrfmiddlewaretoken", token[1]), ("login", name), ("password", password)])
            self.patient("/masuk/", *sent)

    def send(self, act: Act, path: str, fields: Fields, file: bytes | None = None) -> Attempt:
        """One attempt: done, refused in words, lost on the way, or failed."""
        attempt = Attempt(secrets.token_hex(12))
        act.attempts.append(attempt)
        sent = [("csrfmiddlewaretoken", self.cookies["csrftoken"]), ("kiriman", act.key), *fields]
        body, kind = encoded(sent) if file is None else multipart(sent, "bukti", file)
        try:
            attempt.status, _, headers = self.ask(path, body, kind, attempt.number)
        except Lost:
            return attempt
        attempt.place = headers.get("Location", "")
        if attempt.status == UNAVAILABLE:  # told to wait and to send the same again
            attempt.outcome = BUSY
            return attempt
        attempt.outcome = DONE if attempt.status < REFUSAL else REFUSED if attempt.status < SERVER_ERROR else FAILED
        return attempt


def encoded(fields: Fields) -> tuple[bytes, str]:
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def multipart(fields: Fields, name: str, content: bytes) -> tuple[bytes, str]:
    border = secrets.token_hex(16)
    parts = [f'--{border}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields]
    head = f'--{border}\r\nContent-Disposition: form-data; name="{name}"; filename="bukti.pdf"\r\n'
    body = "".join(parts).encode() + head.encode() + b"Content-Type: application/pdf\r\n\r\n" + content
    return body + f"\r\n--{border}--\r\n".encode(), f"multipart/form-data; boundary={border}"
