"""With what an act is signed, as a request brings it."""

from takar.api.schemas.requests import Signing, decoded
from takar.documents.signing.pen import Pen, Scan
from takar.documents.signing.types import Secret


def pen_of(body: Signing) -> Pen:
    scan = body.scan
    scans = (
        (Scan(scan.name, decoded(scan.content), {str(who): day for who, day in scan.signed_on.items()}),)
        if scan
        else ()
    )
    return Pen(secret=Secret(nik=body.nik.replace(" ", ""), passphrase=body.passphrase), scans=scans)
