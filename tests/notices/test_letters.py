"""Letters to a real mail server on this machine, and what each person wants to be told."""

import datetime as dt
import email
import re
import socket
from collections.abc import Iterator
from email import policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from tests.office import NOW, Office

from takar.audit.models import Event
from takar.common import clock
from takar.common.errors import InvalidInput
from takar.jobs.actions import enqueue
from takar.jobs.worker import work_off
from takar.notices.actions import ask_address, choose, confirm_address, mark_read, prune, tell
from takar.notices.enums import NoticeKind, Place
from takar.notices.letters import write_letters
from takar.notices.models import Letter, Notice, Preference
from takar.notices.queries import notices_of
from takar.notices.types import Message
from takar.organisation.models import Employee

ALL = NoticeKind.values


class Postbox:
    """Whatever the mail server took in."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.refuses = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        if self.refuses:
            return "451 later"
        self.got.append(email.message_from_bytes(bytes(envelope.content or b""), policy=policy.default))
        return "250 OK"


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    settings.MAIL_FROM, settings.ADDRESS = "Takar <takar@contoh.go.id>", "https://takar.contoh.go.id"
    yield box
    server.stop()


def message(person: Employee, key: str = "a", text: str = "Jatuh tempo: langkah 1, berkas Putri.") -> Message:
    return Message(person, key, NoticeKind.DUE, text, Place.TASKS, step=1)


def post() -> None:
    enqueue(actor=None, kind="notices.post")
    work_off()


def with_address(person: Employee, rhythm: str = "twice") -> None:
    choose(actor=person, shown=ALL, mailed=ALL, rhythm=rhythm)
    Preference.objects.filter(person=person).update(address="surya@contoh.go.id")


def test_same_message_reaches_a_person_once(office: Office) -> None:
    assert tell([message(office.staf), message(office.staf2)]) == 2
    assert tell([message(office.staf), message(office.staf, "b")]) == 1
    assert [notice.key for notice in notices_of(office.staf).order_by("created_at", "key")] == ["a", "b"]
    assert Notice.objects.filter(mailed=True).count() == 0


def test_what_somebody_does_not_want_does_not_reach_him(office: Office) -> None:
    choose(actor=office.staf, shown=[], mailed=ALL, rhythm="daily")
    assert tell([message(office.staf)]) == 0
    choose(actor=office.staf, shown=["due"], mailed=[], rhythm="daily")
    assert tell([message(office.staf)]) == 1
    with pytest.raises(InvalidInput):
        choose(actor=office.staf, shown=ALL, mailed=ALL, rhythm="sometimes")


def test_reading_is_the_readers_own(office: Office) -> None:
    tell([message(office.staf), message(office.staf, "b")])
    first = notices_of(office.staf)[0].pk
    assert mark_read(actor=office.staf2, notice_ids=[first]) == 0
    assert [mark_read(actor=office.staf, notice_ids=[first]), mark_read(actor=office.staf, notice_ids=None)] == [1, 1]
    assert mark_read(actor=office.staf, notice_ids=None) == 0
    read = Event.objects.filter(verb="notice.read").order_by("pk")
    assert [(event.actor_name, event.after) for event in read] == [(office.staf.full_name, {"count": 1})] * 2


def test_address_gets_letters_only_after_its_code_came_back(office: Office, postbox: Postbox) -> None:
    ask_address(actor=office.staf, address=" surya@contoh.go.id ")
    post()
    code = re.search(r"\d{8}", postbox.got[0].get_content())
    assert code is not None
    assert (postbox.got[0]["To"], postbox.got[0]["From"]) == ("surya@contoh.go.id", "Takar <takar@contoh.go.id>")
    with pytest.raises(InvalidInput, match="belum dikonfirmasi"):
        confirm_address(actor=office.staf, code="00000000")
    assert Preference.objects.get().address == ""
    confirm_address(actor=office.staf, code=code[0])
    assert Preference.objects.get().address == "surya@contoh.go.id"
    with pytest.raises(InvalidInput):
        confirm_address(actor=office.staf, code=code[0])
    ask_address(actor=office.staf, address="")
    assert Preference.objects.get().address == ""


def test_code_is_good_for_a_day_and_five_tries(
    office: Office, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_address(actor=office.staf, address="surya@contoh.go.id")
    post()
    code = re.search(r"\d{8}", postbox.got[0].get_content())[0]  # type: ignore[index]
    for _ in range(5):
        with pytest.raises(InvalidInput):
            confirm_address(actor=office.staf, code="x")
    with pytest.raises(InvalidInput):
        confirm_address(actor=office.staf, code=code)
    Preference.objects.update(tries=0)
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(hours=24))
    with pytest.raises(InvalidInput):
        confirm_address(actor=office.staf, code=code)


@pytest.mark.parametrize("address", ["surya", "surya@", "a b@contoh.go.id"])
def test_address_that_is_none_is_refused_in_words(office: Office, settings: Any, address: str) -> None:
    settings.EMAIL_HOST = "127.0.0.1"
    with pytest.raises(InvalidInput) as refused:
        ask_address(actor=office.staf, address=address)
    assert "bukan alamat surel" in refused.value.problems[0].message
    settings.EMAIL_HOST = ""
    with pytest.raises(InvalidInput) as refused:
        ask_address(actor=office.staf, address="surya@contoh.go.id")
    assert "belum dapat mengirim surel" in refused.value.problems[0].message


def test_one_letter_holds_everything_new_and_the_next_waits_for_its_time(
    office: Office, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_address(office.staf)
    tell([message(office.staf, str(n), f"Hal {n}.") for n in range(42)])
    post()
    tell([message(office.staf, "baru", "Hal baru.")])
    post()
    assert [mail["Subject"] for mail in postbox.got] == ["Takar: 42 pemberitahuan, 12 Januari 2026"]
    text = postbox.got[0].get_content()
    assert "Yth. Surya Putra," in text
    assert "- dan 2 lagi, di halaman Pemberitahuan." in text
    assert "https://takar.contoh.go.id/pemberitahuan/" in text
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(hours=3, minutes=30))  # 13.00, after the break
    post()
    assert "- Hal baru." in postbox.got[1].get_content()
    assert len({mail["Message-ID"] for mail in postbox.got}) == 2


@pytest.mark.parametrize(
    ("now", "letters"),
    [
        ("2026-01-12T12:30+08:00", 0),
        ("2026-01-12T16:00+08:00", 0),
        ("2026-01-11T10:00+08:00", 0),
        ("2026-01-12T07:30+08:00", 1),
    ],
)
def test_no_letter_is_written_outside_office_hours(
    office: Office, monkeypatch: pytest.MonkeyPatch, now: str, letters: int
) -> None:
    with_address(office.staf)
    tell([message(office.staf)])
    monkeypatch.setattr(clock, "now", lambda: dt.datetime.fromisoformat(now))
    assert write_letters(office.agency) == letters


def test_letter_that_the_server_refuses_is_tried_again_and_five_times_at_most(
    office: Office, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_address(office.staf)
    tell([message(office.staf)])
    postbox.refuses = True
    for turn in range(6):
        monkeypatch.setattr(clock, "now", lambda turn=turn: NOW + turn * dt.timedelta(minutes=6))
        post()
    letter = Letter.objects.get()
    assert (letter.attempts, letter.sent_at) == (5, None)
    assert "451" in letter.error
    postbox.refuses = False
    Letter.objects.update(attempts=4)
    post()
    assert (len(postbox.got), Letter.objects.get().error) == (1, "")


def test_without_a_mail_server_nothing_is_written(office: Office, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    with_address(office.staf)
    tell([message(office.staf)])
    post()
    assert Letter.objects.count() == 0


def test_old_notices_are_forgotten(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    tell([message(office.staf)])
    prune()
    assert Notice.objects.count() == 1
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=181))
    prune()
    assert Notice.objects.count() == 0
