"""Real files with something wrong in them: bytes changed, parts doubled, cut or exchanged, packed parts changed inside."""

import io
import json
import zipfile
from typing import Any

from hypothesis import strategies as st

TOKENS = [
    b"", b"\0", b"\xff" * 4, b"%%EOF", b"stream\r\n", b"endobj", b"/Type/Page", b"/JavaScript", b"<<", b">>", b"startxref\n0\n",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"<row r='1048577'/>", b"<c r='XFD1' t='s'><v>99999999</v></c>", b"]]>",
    b"<v>1E400</v>", b"<v>-1</v>", b"<v>NaN</v>", b"t='e'", b"r='ZZZZZ9'", b"9" * 40, b"\x78\x9c\x4b", b"-0", b"2024-13-45",
    b"../../x", b"{", b"}", b'"', b"null", b"1e999999", b"\\u0000", b"\\ud800", b"\xed\xa0\x80", b"PK\x01\x02", b"PK\x05\x06",
]  # fmt: skip
LONGEST_PIECE = 200


@st.composite
def bent_bytes(draw: st.DrawFn, content: bytes, most: int = 6) -> bytes:
    """The content after a few changes."""
    found = bytearray(content)
    for _ in range(draw(st.integers(1, most))):
        at = draw(st.integers(0, max(len(found) - 1, 0)))
        length = draw(st.integers(0, LONGEST_PIECE))
        kind = draw(st.sampled_from(("flip", "token", "cut", "double", "noise", "end")))
        if kind == "flip" and found:
            found[at] ^= 1 << draw(st.integers(0, 7))
        elif kind == "token":
            found[at : at + draw(st.integers(0, 20))] = draw(st.sampled_from(TOKENS))
        elif kind == "cut":
            del found[at : at + length]
        elif kind == "double":
            found[at:at] = found[at : at + length]
        elif kind == "noise":
            found[at : at + length] = draw(st.binary(max_size=20))
        elif kind == "end":
            del found[at:]
    return bytes(found)


@st.composite
def bent_zip(draw: st.DrawFn, content: bytes) -> bytes:
    """A package with one part changed inside and packed anew; sometimes the package itself is changed as well."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {info.filename: packed.read(info) for info in packed.infolist() if not info.is_dir()}
    name = draw(st.sampled_from(sorted(parts)))
    kind = draw(st.sampled_from(("inside", "inside", "inside", "drop", "rename", "bomb", "twice")))
    names = list(parts)
    if kind == "inside":
        parts[name] = draw(bent_bytes(parts[name]))
    elif kind == "bomb":
        parts[name] = parts[name] + draw(st.sampled_from((b" ", b"<row/>", b"0"))) * draw(st.integers(1, 3_000_000))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in names:
            if part == name and kind == "drop":
                continue
            given = (
                draw(st.sampled_from(("../x", "a" * 300, "xl/x.xml", "data/\u0000x", "C:\\x")))
                if kind == "rename"
                else part
            )
            packed.writestr(given if part == name else part, parts[part])
        if kind == "twice":
            packed.writestr(f"{name}2", parts[name])
    whole = made.getvalue()
    return draw(st.one_of(st.just(whole), bent_bytes(whole, 2)))


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.floats(), st.text(max_size=20),
    st.sampled_from(["9,12", "1.250.000", "-1", "2024-13-45", "2026-01-31", "", "\0", "1e9", 10**25, [], {}, "∞", "٣"]),
)  # fmt: skip


@st.composite
def bent_json(draw: st.DrawFn, content: Any) -> Any:
    """The object with a few values, names or parts of it exchanged."""
    found = json.loads(json.dumps(content, default=str))
    for _ in range(draw(st.integers(1, 4))):
        part: Any = found
        for _ in range(draw(st.integers(0, 6))):
            inner = part[draw(st.sampled_from(sorted(part)))] if isinstance(part, dict) and part else part
            inner = part[draw(st.integers(0, len(part) - 1))] if isinstance(part, list) and part else inner
            if not isinstance(inner, dict | list) or not inner:
                break
            part = inner
        if isinstance(part, dict):
            key = draw(st.sampled_from([*sorted(part), "lain"]))
            if draw(st.booleans()):
                part[key] = draw(VALUES)
            else:
                part.pop(key, None)
        elif isinstance(part, list) and part:
            at = draw(st.integers(0, len(part) - 1))
            if draw(st.booleans()):
                part[at] = draw(VALUES)
            else:
                part.insert(at, part[at])
    return found
