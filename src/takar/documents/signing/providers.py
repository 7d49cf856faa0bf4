"""The ways to sign, by kind: what an office may choose, and who makes the signature."""

from collections.abc import Mapping

from takar.documents.enums import SignatureMethod
from takar.documents.signing.bsre import BsreProvider
from takar.documents.signing.internal import InternalProvider
from takar.documents.signing.types import Provider

# A signature in ink has no provider: it is made on paper, and its scan is kept.
PROVIDERS: Mapping[SignatureMethod, Provider] = {
    SignatureMethod.INTERNAL: InternalProvider(),
    SignatureMethod.BSRE: BsreProvider(),
}
CHOICES = (SignatureMethod.INTERNAL, SignatureMethod.BSRE, SignatureMethod.INK)
CERTIFIED = frozenset({SignatureMethod.BSRE})
