"""The office's crests: uploaded as a picture, tried by the typesetter before they are kept, printed as an SVG text.

A document keeps the hashes of the crests that it was issued with, so that it looks the same when it is printed again.
"""

import re
import struct
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

from django.db import transaction

from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.documents.enums import EmblemKind
from takar.documents.forms.render import FormError, pictures
from takar.documents.forms.shapes import Pictures
from takar.documents.models import Emblem
from takar.files.actions import store
from takar.files.models import StoredFile
from takar.files.queries import read
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import check_can_manage_office

MOST_BYTES = 512 * 1024
MOST_PIXELS = 4000
PNG, SVG = "image/png", "image/svg+xml"
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
FORBIDDEN_TAGS = frozenset({"script", "foreignObject", "iframe", "use", "a", "animate", "set"})
REFUSED = "Lambang belum disimpan; yang lama tidak berubah."
TRIAL_PPI = 48


@transaction.atomic
def set_emblem(*, actor: Employee, agency: Agency, kind: str, name: str, content: bytes) -> Emblem:
    """Put a crest in its place; the one before stays in the store, for documents that bear it."""
    check_can_manage_office(actor, agency)
    if kind not in EmblemKind.values:
        raise InvalidInput(REFUSED, [Problem("Jenis", "Pilih lambang daerah atau lambang negara.")])
    media_type = _checked(content)
    before = Emblem.objects.filter(agency=agency, kind=kind).select_related("file").first()
    kept = store(content, name=name, media_type=media_type)
    emblem, _ = Emblem.objects.update_or_create(
        agency=agency,
        kind=kind,
        defaults={"file": kept, "name": name[-200:], "set_by": actor, "set_at": clock.now()},
    )
    _tell(emblem, actor, "emblem.set", before.file if before else None, kept)
    return emblem


@transaction.atomic
def remove_emblem(*, actor: Employee, agency: Agency, kind: str) -> None:
    """Forms are printed without this crest from now on."""
    check_can_manage_office(actor, agency)
    found = Emblem.objects.filter(agency=agency, kind=kind).select_related("file").first()
    if found is not None:
        _tell(found, actor, "emblem.removed", found.file, None)
        found.delete()


def emblems_of(agency: Agency) -> dict[str, str]:
    """The hash of each crest that the office has: what a document keeps. One query."""
    return dict(Emblem.objects.filter(agency=agency).order_by("kind").values_list("kind", "file__sha256"))


def pictures_of(emblems: Mapping[str, str]) -> Pictures:
    """The crests of those hashes, ready to be printed; one query, none where there are none."""
    wanted = set(emblems.values())
    if not wanted:
        return {}
    stored = {file.sha256: file for file in StoredFile.objects.filter(sha256__in=wanted).order_by("pk")}
    found: Any = {kind: _drawing(stored[sha]) for kind, sha in emblems.items() if sha in stored}
    return found  # type: ignore[no-any-return]


def with_pictures(content: Mapping[str, Any]) -> dict[str, Any]:
    """A document's content with the crests that it was issued with, and whatever pictures it has itself."""
    return {**content, "pictures": {**pictures_of(content.get("emblems", {})), **content.get("pictures", {})}}


def preview(file: StoredFile) -> bytes:
    """The crest as the typesetter draws it, as PNG: safe to show whatever was uploaded."""
    return pictures("lambang", {"pictures": {"crest": _drawing(file)}}, ppi=96)[0]


def _drawing(file: StoredFile) -> str:
    return _svg(file.media_type, file.sha256, read(file))


@lru_cache(maxsize=8)
def _svg(media_type: str, _sha256: str, content: bytes) -> str:
    if media_type == SVG:
        return content.decode("utf-8")
    width, height = _png_size(content)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{b64encode(content).decode()}"/></svg>'
    )


def _checked(content: bytes) -> str:
    """What kind of picture it is, or in words why it cannot be used."""
    if len(content) > MOST_BYTES:
        raise _refusal(f"Besarnya paling banyak {MOST_BYTES // 1024} KB; perkecil dahulu gambarnya.")
    media_type = PNG if content.startswith(PNG_HEAD) else SVG
    if media_type == PNG:
        width, height = _png_size(content)
        if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
            raise _refusal(f"Lebar dan tingginya paling banyak {MOST_PIXELS} titik; perkecil dahulu gambarnya.")
    else:
        _check_svg(content)
    # A PNG inside an SVG is left out in silence when it is broken: it is tried by itself.
    trial = {"png": list(content)} if media_type == PNG else {"crest": content.decode("utf-8")}
    try:
        pictures("lambang", {"pictures": trial}, ppi=TRIAL_PPI)
    except (FormError, RuntimeError) as error:
        raise _refusal("Gambarnya rusak atau tidak dapat dicetak; simpan ulang sebagai PNG, lalu unggah.") from error
    return media_type


def _png_size(content: bytes) -> tuple[int, int]:
    if len(content) < len(PNG_HEAD) + 16:
        raise _refusal("Gambarnya terpotong; unggah ulang berkas PNG yang utuh.")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _check_svg(content: bytes) -> None:
    """An SVG of shapes alone: no scripts, no document type, nothing that points outside."""
    not_a_picture = _refusal("Berkasnya bukan PNG atau SVG; unggah lambang sebagai salah satunya.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise not_a_picture from None
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        raise _refusal("SVG-nya memuat deklarasi dokumen; simpan ulang sebagai “SVG biasa” atau sebagai PNG.")
    try:
        root = ET.fromstring(text)  # noqa: S314 -- without a document type no entity can be declared
    except ET.ParseError:
        raise not_a_picture from None
    if root.tag.rpartition("}")[2] != "svg":
        raise not_a_picture
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        loads = name == "style" and re.search(r"@import|url\((?!#)", element.text or "")
        if name in FORBIDDEN_TAGS or loads or any(_is_active(key, value) for key, value in element.attrib.items()):
            raise _refusal(f"SVG-nya memuat “{name}” yang tidak boleh ada pada gambar; unggah lambang sebagai PNG.")


def _is_active(key: str, value: str) -> bool:
    name = key.rpartition("}")[2].lower()
    outside = name in {"href", "src"} and not re.match(r"#|data:image/(png|jpeg);base64,", value)
    return name.startswith("on") or outside or "url(" in value.replace("url(#", "")


def _refusal(message: str) -> InvalidInput:
    return InvalidInput(REFUSED, [Problem("Lambang", message)])


def _tell(emblem: Emblem, actor: Employee, verb: str, before: StoredFile | None, after: StoredFile | None) -> None:
    record(
        stream=f"agency:{emblem.agency_id}",
        verb=verb,
        by=actor.by("pengelola"),
        subject=f"agency:{emblem.agency_id}",
        before={"kind": emblem.kind, "sha256": before.sha256} if before else None,
        after={"kind": emblem.kind, "sha256": after.sha256 if after else ""},
    )
