"""What goes to a provider of signatures, and what comes back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from takar.documents.enums import SignatureMethod, SignedAs
from takar.documents.forms.render import SignatureBox
from takar.organisation.models import Agency, Employee


@dataclass(frozen=True, slots=True)
class Secret:
    """What only the signer knows, for the length of one act: never stored, never printed."""

    nik: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Order:
    """One signature to be made: whose, as what, where on the page, and what its stamp says."""

    signer: Employee
    agency: Agency
    signed_as: SignedAs
    number: str
    at: dt.datetime
    address: str
    check_word: str
    capacity: str = ""
    box: SignatureBox | None = None
    repeats: Sequence[SignatureBox] = ()

    @property
    def field_name(self) -> str:
        """The name of the field in the PDF: one for each role."""
        return f"TTD_{self.signed_as.value}"

    @property
    def reason(self) -> str:
        return f"{self.capacity or self.signed_as.label}, dokumen {self.number}"


@dataclass(frozen=True, slots=True)
class Signed:
    """The PDF with one more signature in it, and what the signing record keeps of it."""

    pdf: bytes
    at: dt.datetime
    method: SignatureMethod
    evidence: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Status:
    """Whether somebody can sign now; if not, why, in a sentence."""

    ready: bool
    message: str = ""


class Provider(Protocol):
    """A way to sign a whole PDF. `sign` raises DomainError, and then nothing is signed."""

    method: SignatureMethod

    @property
    def remote(self) -> bool:
        """Whether signing waits for another machine; it is then done before the act's transaction."""

    def status(self, order: Order, secret: Secret) -> Status: ...

    def sign(self, pdf: bytes, order: Order, secret: Secret) -> Signed: ...
