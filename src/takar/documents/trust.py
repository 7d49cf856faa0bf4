"""The trust file: what somebody needs to check documents of an office without its database.

It is signed with the key of the checkpoints. Whoever knows that key's fingerprint from the office itself knows that
nobody changed the file on the way; files from before 0.2.0 are not signed, and are told as such.
"""

import datetime as dt
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from takar.audit import keys
from takar.audit.models import Checkpoint
from takar.common import clock
from takar.common.errors import InvalidInput
from takar.documents.checking import Entry, KnownSignature
from takar.documents.enums import SignatureMethod
from takar.documents.registry import entries, office_anchors
from takar.documents.signing.validation import Anchors

FORMAT, UNSIGNED = "takar-trust-2", "takar-trust-1"
SHORTEST = 32  # hexadecimal digits of a fingerprint that somebody types: half of it
GROUP = 4
MOMENTS = ("issued_at", "superseded_at", "withdrawn_at")


class TrustFile:
    """A registry that was read from a file."""

    def __init__(self, known: Iterable[Entry], anchors: Anchors, exported_at: dt.datetime, key: str = "") -> None:
        self.anchors, self.exported_at, self.key = anchors, exported_at, key
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
    plain = json.loads(json.dumps(content, default=_plain))
    return json.dumps({**plain, "signed": _signed(_body(plain))}, indent=1)


def parsed(text: str, *, where: str, fingerprint: str = "") -> TrustFile:
    """Read back; InvalidInput where it is none, was changed, or is signed with another key than the fingerprint's."""
    broken = f"{where} bukan berkas kepercayaan Takar, atau rusak. Mintalah yang baru: takar trust export."
    try:
        content = json.loads(text)
        signed = {FORMAT: True, UNSIGNED: False}[content["format"]]
        key = _key_of(content) if signed else ""
        roots = {SignatureMethod(kind): [b64decode(root) for root in found] for kind, found in content["roots"].items()}
        revoked = {serial: dt.datetime.fromisoformat(at) for serial, at in content["revoked"].items()}
        known = [_entry(row) for row in content["documents"]]
        exported_at = dt.datetime.fromisoformat(content["exported_at"])
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise InvalidInput(broken) from error
    if key is None:
        raise InvalidInput(
            f"{where} diubah sesudah dibuat: tanda tangannya tidak cocok dengan isinya. Mintalah yang baru kepada kantornya."
        )
    _check_fingerprint(key, fingerprint, where)
    return TrustFile(known, Anchors(roots, revoked), exported_at, key)


def grouped(fingerprint: str) -> str:
    """In groups of four, to be compared by eye or read out."""
    return " ".join(fingerprint[start : start + GROUP] for start in range(0, len(fingerprint), GROUP))


def _signed(body: bytes) -> dict[str, str]:
    last = Checkpoint.objects.order_by("-size").values_list("key_id", flat=True).first()
    key = keys.signing_key(last=last or "")
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {"key": b64encode(public).decode(), "signature": b64encode(key.sign(body)).decode()}


def _key_of(content: dict[str, Any]) -> str | None:
    """The fingerprint of the key that signed exactly this content; None if it did not."""
    signed = content["signed"]
    key = Ed25519PublicKey.from_public_bytes(b64decode(signed["key"]))
    body = _body({name: value for name, value in content.items() if name != "signed"})
    return keys.fingerprint(key) if keys.is_signed(key, b64decode(signed["signature"]), body) else None


def _body(content: dict[str, Any]) -> bytes:
    """What is signed: the content however it is laid out."""
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _check_fingerprint(key: str, typed: str, where: str) -> None:
    wanted = "".join(typed.split()).lower()
    if not wanted:
        return
    if len(wanted) < SHORTEST:
        raise InvalidInput(f"Sidik itu terlalu pendek; tuliskan paling sedikit {SHORTEST} angka pertamanya.")
    if not key:
        raise InvalidInput(
            f"{where} tidak ditandatangani (dibuat Takar 0.1.0), sehingga tidak dapat dicocokkan. Mintalah yang baru."
        )
    if not key.startswith(wanted):
        raise InvalidInput(
            f"{where} ditandatangani kunci lain ({grouped(key)}), bukan kunci yang Anda sebut. Jangan dipakai; tanyakan "
            "kepada kantornya."
        )


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
