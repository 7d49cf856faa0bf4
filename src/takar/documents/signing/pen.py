"""What an act signs with. A signature that waits for another machine is made between two tries of the act.

An act that meets such a signature stops with `Waits`, which undoes its transaction; the signature is made while the
database is free, and the act is done again with it. Whatever the pen gave the first time it gives again, so that the
same document comes out; where it does not (another took the number meanwhile), the whole is tried once more.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from takar.common import clock
from takar.common.errors import DomainError, NotAllowed
from takar.common.ids import check_key
from takar.documents.enums import SignatureMethod
from takar.documents.signing.providers import PROVIDERS
from takar.documents.signing.types import Order, Provider, Secret, Signed

TRIES = 4
Done = TypeVar("Done")


class Waits(Exception):  # noqa: N818 -- nothing went wrong
    """The act needs a signature that another machine makes."""

    def __init__(self, pdf: bytes, order: Order, provider: Provider) -> None:
        super().__init__()
        self.pdf, self.order, self.provider = pdf, order, provider


@dataclass(slots=True)
class Pen:
    """One act's signatures: the signer's secret, the moment, the key of a document that the act issues.

    `opened` tells when this person opened which content (SHA-256) before; it goes into the record.
    """

    secret: Secret = field(default_factory=Secret)
    scans: Sequence["Scan"] = ()
    opened: dict[str, str] = field(default_factory=dict)
    at: dt.datetime = field(default_factory=lambda: clock.now())  # noqa: PLW0108 -- looked up anew each time
    key: str = field(default_factory=check_key)
    _made: dict[tuple[str, str], Signed] = field(default_factory=dict)

    def fresh(self) -> "Pen":
        """The same person's pen for another act."""
        return Pen(secret=self.secret, scans=self.scans, opened=self.opened)

    def sign(self, pdf: bytes, order: Order, method: SignatureMethod) -> Signed:
        """The signed PDF; `Waits` where it must be made outside of the transaction first."""
        provider = PROVIDERS[method]
        made = self._made.get(_name(pdf, order))
        if made is not None:
            return made
        if provider.remote:
            raise Waits(pdf, order, provider)
        return _make(provider, pdf, order, self.secret)

    def fulfil(self, waits: Waits) -> None:
        self._made[_name(waits.pdf, waits.order)] = _make(waits.provider, waits.pdf, waits.order, self.secret)


@dataclass(frozen=True, slots=True)
class Scan:
    """What was signed in ink, as it was scanned, and the days on which the parties truly signed."""

    name: str
    content: bytes
    signed_on: dict[str, dt.date]


def with_pen(pen: Pen, act: Callable[[], Done]) -> Done:
    """Do an act that signs; it must open its own transaction."""
    for _ in range(TRIES):
        try:
            return act()
        except Waits as waits:
            pen.fulfil(waits)
    raise DomainError("Dokumen belum ditandatangani karena nomornya berulang kali didahului dokumen lain; coba lagi.")


def _make(provider: Provider, pdf: bytes, order: Order, secret: Secret) -> Signed:
    status = provider.status(order, secret)
    if not status.ready:
        raise NotAllowed(status.message)
    return provider.sign(pdf, order, secret)


def _name(pdf: bytes, order: Order) -> tuple[str, str]:
    return hashlib.sha256(pdf).hexdigest(), order.field_name
