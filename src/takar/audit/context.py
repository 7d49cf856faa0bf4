"""Through what an act comes in: set once per request or command, read when an event is recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from takar.audit.enums import Channel


@dataclass(frozen=True, slots=True)
class Origin:
    channel: str = Channel.SYSTEM
    address: str = ""
    request_id: str = ""


_current: ContextVar[Origin] = ContextVar("audit_origin", default=Origin())  # noqa: B039 -- frozen


def current() -> Origin:
    """Where the act at hand comes from; the system itself if nobody said otherwise."""
    return _current.get()


@contextmanager
def using(*, channel: str, address: str = "", request_id: str = "") -> Iterator[None]:
    """Let every event recorded inside the block carry this origin."""
    token = _current.set(Origin(channel, address, request_id))
    try:
        yield
    finally:
        _current.reset(token)
