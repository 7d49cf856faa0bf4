"""A request with a key has its effect once, and the same again gets the same answer."""

import datetime as dt

import pytest
from django.db import transaction
from tests.office import NOW

from takar.audit.actions import record
from takar.audit.models import Event
from takar.audit.types import By
from takar.common import clock
from takar.common.errors import InvalidInput
from takar.repeats.actions import KEPT, forget_old, once
from takar.repeats.models import UsedKey
from takar.repeats.types import Answer, OtherContent, Repeated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

BY = By("1", "Surya Putra", "staf")
WORD = Answer(201, media_type="application/json", body='{"id": 1}')


def act(times: int = 1) -> str:
    """An act of so many transactions, each with its event."""
    for _ in range(times):
        with transaction.atomic():
            record(stream="coba:1", verb="coba", by=BY)
    return "dikerjakan"


def asked(
    key: str = "k-1", content: bytes = b"isi", owner: str = "7", answer: Answer | None = WORD, times: int = 1
) -> str | Answer:
    return once(owner=owner, key=key, content=content, act=lambda: act(times), answer_of=lambda _given: answer)


def again(answer: Answer = WORD) -> Answer:
    return Answer(answer.status, answer.location, answer.media_type, answer.body, NOW)


@pytest.mark.parametrize("times", [1, 3])
def test_the_same_again_gets_the_same_answer(times: int) -> None:
    assert asked(times=times) == "dikerjakan"
    assert asked(times=times) == again()
    assert Event.objects.count() == times
    assert UsedKey.objects.count() == 1


def test_another_key_or_another_person_is_another_request() -> None:
    assert [asked(), asked("k-2"), asked(owner="8")] == ["dikerjakan"] * 3
    assert Event.objects.count() == 3


def test_another_content_is_refused_in_words() -> None:
    asked()
    with pytest.raises(OtherContent, match="sudah dikerjakan pada 12 Januari 2026 pukul 09.30 WITA. Isinya berbeda"):
        asked(content=b"lain")
    assert Event.objects.count() == 1


def test_what_is_kept_of_the_content_cannot_be_guessed_from_it() -> None:
    import hashlib  # noqa: PLC0415 -- to show what it is not

    asked()
    assert UsedKey.objects.get().content != hashlib.sha256(b"isi").hexdigest()


def test_a_refusal_leaves_the_key_free() -> None:
    assert [asked(answer=None), asked(answer=None)] == ["dikerjakan"] * 2
    assert UsedKey.objects.count() == 0


def test_an_act_that_is_undone_takes_its_key_along() -> None:
    def fails() -> str:
        with transaction.atomic():
            record(stream="coba:1", verb="coba", by=BY)
            raise InvalidInput("Tidak jadi.")

    with pytest.raises(InvalidInput, match="Tidak jadi"):
        once(owner="7", key="k-1", content=b"isi", act=fails, answer_of=lambda _given: WORD)
    assert UsedKey.objects.count() == 0
    assert asked() == "dikerjakan"


def test_a_later_act_of_the_request_claims_what_an_undone_one_gave_up() -> None:
    def first_fails() -> str:
        with transaction.atomic():
            record(stream="coba:1", verb="coba", by=BY)
            transaction.set_rollback(True)
        return act()

    assert once(owner="7", key="k-1", content=b"isi", act=first_fails, answer_of=lambda _given: WORD) == "dikerjakan"
    assert asked() == again()


def test_a_request_that_changes_nothing_uses_no_key() -> None:
    given = iter([1, 2])
    ask = {"owner": "7", "key": "k-1", "content": b"isi"}
    answers = [once(**ask, act=lambda: next(given), answer_of=lambda _given: WORD) for _ in range(2)]  # type: ignore[arg-type]
    assert answers == [1, 2]
    assert UsedKey.objects.count() == 0


def test_a_request_whose_process_died_is_told_that_it_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("takar.repeats.actions.PATIENCE_SECONDS", 0)
    asked()
    UsedKey.objects.update(status=None)
    with pytest.raises(Repeated, match="sudah dikerjakan pada 12 Januari 2026 pukul 09.30 WITA"):
        asked()


def test_the_second_of_two_is_undone_and_given_the_answer_of_the_first() -> None:
    """Both looked before either had acted: the database decides."""
    seen: list[str | Answer] = []

    def overtaken() -> str:
        seen.append(asked())
        return act()

    second = once(owner="7", key="k-1", content=b"isi", act=overtaken, answer_of=lambda _given: WORD)
    assert (seen, second) == (["dikerjakan"], again())
    assert Event.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x" * 129])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(InvalidInput, match="paling panjang 128"):
        asked(key)


def test_old_keys_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    asked()
    monkeypatch.setattr(clock, "now", lambda: NOW + KEPT)
    assert forget_old() == 0
    monkeypatch.setattr(clock, "now", lambda: NOW + KEPT + dt.timedelta(seconds=1))
    assert forget_old() == 1
    assert asked() == "dikerjakan"
