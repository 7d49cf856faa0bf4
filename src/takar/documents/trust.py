"""The trust file: what somebody needs to check documents of an office without its database."""

import datetime as dt
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from takar.common import clock
from takar.common.errors import InvalidInput
from takar.documents.checking import Entry, KnownSignature
from takar.documents.enums import SignatureMethod
from takar.documents.registry import entries, office_anchors
from takar.documents.signing.validation import Anchors

FORMAT = "takar-trust-1"
MOMENTS = ("issued_at", "superseded_at", "withdrawn_at")


class TrustFile:
    """A registry that was read from a file."""

    def __init__(self, known: Iterable[Entry], anchors: Anchors, exported_at: dt.datetime) -> None:
        self.anchors, self.exported_at = anchors, exported_at
        known = list(known)
        self._by_edition = {sha256: entry for entry in known for sha256 in entry.editions}
        self._by_number = {entry.number: entry for entry in known}

    def by_edition(self, sha256: str) -> Entry | None:
        return self._by_edition.get(sha256)

    def by_number(self, number: str) -> Entry | None:
        return self._by_number.get(number)

    def content(self, entry: Entry) -> None:  # noqa: ARG002 -- a trust file holds no contents
        return None

    def is_copy(self, entry: Entry, copy: int, content: bytes) -> None:  # noqa: ARG002 -- likewise
        return None


def exported(agency_id: UUID | None = None) -> str:
    """Roots, revoked certificates, and of every document its number, hashes, lengths and signatures: nobody's name."""
    anchors = office_anchors()
    content = {
        "format": FORMAT,
        "exported_at": clock.now().isoformat(),
        "roots": {kind.value: [b64encode(root).decode() for root in roots] for kind, roots in anchors.roots.items()},
        "revoked": {serial: at.isoformat() for serial, at in anchors.revoked.items()},
        "documents": [asdict(entry) for entry in entries(agency_id)],
    }
    return json.dumps(content, indent=1, default=_plain)


def parsed(text: str, *, where: str) -> TrustFile:
    try:
        content = json.loads(text)
        _ = {FORMAT: True}[content["format"]]
        roots = {SignatureMethod(kind): [b64decode(root) for root in found] for kind, found in content["roots"].items()}
        revoked = {serial: dt.datetime.fromisoformat(at) for serial, at in content["revoked"].items()}
        known = [_entry(row) for row in content["documents"]]
        return TrustFile(known, Anchors(roots, revoked), dt.datetime.fromisoformat(content["exported_at"]))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise InvalidInput(
            f"{where} bukan berkas kepercayaan Takar, atau rusak. Mintalah yang baru: takar trust export."
        ) from error


def _entry(row: dict[str, Any]) -> Entry:
    moments = {name: dt.datetime.fromisoformat(row[name]) for name in MOMENTS if row.get(name)}
    signatures = tuple(
        KnownSignature(**{**one, "at": dt.datetime.fromisoformat(one["at"])}) for one in row["signatures"]
    )
    return Entry(**{**row, **moments, "signatures": signatures})


def _plain(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
