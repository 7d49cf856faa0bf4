"""A request with a key has its effect once, however often it arrives.

`once` surrounds the answering of a request. The first audit event inside it calls `claim`, which writes the key in the
transaction of that act: both are there or neither. The same request again, later or at the same moment, gets the answer
of the first; the same key with another content is refused.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.crypto import salted_hmac

from takar.common import clock, words
from takar.common.errors import InvalidInput
from takar.common.ids import uuid7
from takar.repeats.models import UsedKey
from takar.repeats.types import Answer, OtherContent, Repeated

KEPT = dt.timedelta(days=2)
LONGEST_KEY, LONGEST_LOCATION, LONGEST_BODY = 128, 500, 200_000
# How long the second of two presses waits for the answer to the first.
PATIENCE_SECONDS, PAUSE_SECONDS = 3.0, 0.05
LOG = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass
class _Turn:
    """One request on its way through the program."""

    owner: str
    key: str
    content: str
    id: UUID = field(default_factory=uuid7)
    late: bool = False
    committed: bool = False

    def __call__(self) -> None:
        """Once the act is committed nothing has to be written for its key any more."""
        self.committed = True

    @property
    def claimed(self) -> bool:
        """Whether the key stands, in this transaction or for good; an act that was undone took it along."""
        return self.committed or any(entry[1] is self for entry in connection.run_on_commit)


_TURN: ContextVar[_Turn | None] = ContextVar("turn", default=None)


def once(
    *, owner: str, key: str, content: bytes, act: Callable[[], T], answer_of: Callable[[T], Answer | None]
) -> T | Answer:
    """What `act` gives, or the earlier answer to the same request.

    `answer_of` says what of it can be given again; None: nothing, the key is then free again (a refusal, a download).
    OtherContent: the key was used for something else. Repeated: done before, but its answer is not known (any more).
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise InvalidInput(f"Kunci kiriman paling panjang {LONGEST_KEY} huruf; buatlah kunci lain, lalu kirim lagi.")
    turn = _Turn(owner, key, salted_hmac("takar.repeats", content, algorithm="sha256").hexdigest())
    if earlier := _earlier(turn):
        return earlier
    token = _TURN.set(turn)
    try:
        given = act()
        answer = answer_of(given)
    except Repeated:
        if earlier := _earlier(turn):
            return earlier
        raise
    finally:
        _TURN.reset(token)
    # Another press of the same button may have been first: what it was told is what this one is told.
    if (turn.late or answer is None) and (earlier := _earlier(turn)):
        return earlier
    _keep(turn, answer)
    return given


def claim() -> None:
    """Write the key of the request at hand beside its act; for `audit.actions`, inside the transaction."""
    turn = _TURN.get()
    if turn is None or turn.claimed:
        return
    try:
        with transaction.atomic():
            UsedKey.objects.create(id=turn.id, owner=turn.owner, key=turn.key, content=turn.content, at=clock.now())
    except IntegrityError as error:
        turn.late = True
        raise Repeated("Kiriman ini sudah dikerjakan; yang kedua tidak mengubah apa pun.") from error
    transaction.on_commit(turn)


def forget_old() -> int:
    """Keys that nobody will send again."""
    return UsedKey.objects.filter(at__lt=clock.now() - KEPT).delete()[0]


def _earlier(turn: _Turn) -> Answer | None:
    """The answer that another request with this key was given; one that is being answered is waited for."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while found := UsedKey.objects.filter(owner=turn.owner, key=turn.key).exclude(pk=turn.id).order_by("pk").first():
        if found.content != turn.content:
            raise OtherContent(
                f"Kiriman ini memakai kunci dari kiriman lain, yang sudah dikerjakan pada {words.moment(found.at)}. "
                "Isinya berbeda, sehingga tidak dikerjakan.",
                found.at,
            )
        if found.status is not None:
            return Answer(found.status, found.location, found.media_type, found.body, found.at)
        if time.monotonic() > deadline:
            raise Repeated(
                f"Kiriman ini sudah dikerjakan pada {words.moment(found.at)}; yang kedua tidak mengubah apa pun. "
                "Buka kembali halamannya untuk melihat hasilnya."
            )
        time.sleep(PAUSE_SECONDS)
    return None


def _keep(turn: _Turn, answer: Answer | None) -> None:
    """The act is done whatever happens here; a repeat is then told so without its answer."""
    if not turn.claimed:
        return
    mine = UsedKey.objects.filter(pk=turn.id)
    try:
        if answer is None:
            mine.delete()
        elif len(answer.location) <= LONGEST_LOCATION and len(answer.body) <= LONGEST_BODY:
            mine.update(status=answer.status, location=answer.location, media_type=answer.media_type, body=answer.body)
    except DatabaseError:
        LOG.warning("Jawaban atas kiriman yang sudah dikerjakan tidak tercatat.", exc_info=True)
