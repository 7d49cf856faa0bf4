"""A checkpoint as a note that can leave the system: printed and filed, or kept on another machine.

What is signed (Ed25519) are five lines, each ended by a line feed: takar-checkpoint-v1, the origin, the number of events,
the root in base64, the moment in UTC.
"""

import base64
import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from takar.audit.canonical import moment
from takar.audit.models import Checkpoint
from takar.common.errors import InvalidInput, Problem

VERSION = "takar-checkpoint-v1"
LABELS = {
    "origin": "Asal",
    "size": "Jumlah peristiwa",
    "root": "Akar",
    "at": "Waktu",
    "key_id": "Sidik kunci",
    "signature": "Tanda tangan",
}


@dataclass(frozen=True, slots=True)
class Note:
    """What a checkpoint says; `root` in hexadecimal, `signature` in base64."""

    origin: str
    size: int
    root: str
    at: dt.datetime
    key_id: str
    signature: str = ""

    @classmethod
    def of(cls, checkpoint: Checkpoint) -> "Note":
        return cls(**{name: getattr(checkpoint, name) for name in LABELS})

    def fields(self) -> dict[str, object]:
        return asdict(self)

    def body(self) -> bytes:
        """The bytes that are signed."""
        text = self.as_text()
        return "".join(
            f"{line}\n" for line in (VERSION, *(text[name] for name in ("origin", "size", "root", "at")))
        ).encode()

    def signed(self, key: Ed25519PrivateKey) -> "Note":
        return replace(self, signature=base64.b64encode(key.sign(self.body())).decode())

    def as_text(self) -> dict[str, str]:
        """Each field as it is written in a note."""
        root = base64.b64encode(bytes.fromhex(self.root)).decode()
        return {name: str(value) for name, value in self.fields().items()} | {"root": root, "at": moment(self.at)}


def printed(note: Note) -> str:
    """The note for paper: one line per field, to be read back by `parsed`."""
    lines = (f"{LABELS[name]}: {text}" for name, text in note.as_text().items())
    return "\n".join((f"Titik periksa jejak audit Takar ({VERSION})", *lines, ""))


def parsed(text: str, *, where: str) -> Note:
    """A printed note read back; InvalidInput tells every line that is missing or unlike a note."""
    lines = dict(re.findall(r"^\s*([^:\n]+?)\s*:\s*(\S.*?)\s*$", text, re.MULTILINE))
    return _note({name: lines.get(label, "") for name, label in LABELS.items()}, where=where)


def as_line(note: Note) -> str:
    """The note as one line of JSON."""
    return json.dumps(note.as_text())


def from_line(line: str, *, where: str) -> Note:
    """A line of JSON read back; InvalidInput as in `parsed`."""
    try:
        content = json.loads(line)
    except ValueError as error:
        raise InvalidInput(f"{where} tidak dapat dibaca: bukan JSON.") from error
    return _note(
        {name: str(content.get(name, "")) for name in LABELS} if isinstance(content, dict) else {}, where=where
    )


def _note(texts: dict[str, str], *, where: str) -> Note:
    values, problems = dict[str, Any](), []
    for name, read in READERS.items():
        try:
            values[name] = read(texts.get(name, ""))
        except ValueError:
            problems.append(
                Problem(LABELS[name], "tidak ada atau tidak seperti yang dicetak; salin lagi dari aslinya.")
            )
    if problems:
        raise InvalidInput(f"{where} bukan titik periksa yang utuh.", problems)
    return Note(**values)


def _shaped(pattern: str, read: Callable[[str], object] = str) -> Callable[[str], object]:
    def reader(text: str) -> object:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(text)
        return read(text)

    return reader


READERS = {
    "origin": _shaped(r"[!-~]{1,80}"),
    "size": _shaped(r"[1-9]\d{0,17}", int),
    "root": _shaped(r"[A-Za-z0-9+/]{43}=", lambda text: base64.b64decode(text).hex()),
    "at": _shaped(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", dt.datetime.fromisoformat),
    "key_id": _shaped(r"[0-9a-f]{64}"),
    "signature": _shaped(r"[A-Za-z0-9+/]{86}=="),
}
