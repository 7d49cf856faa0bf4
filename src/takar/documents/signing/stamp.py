"""The visible part of a signature: a small page set by Typst, with its fonts embedded as PDF/A demands."""

from functools import cache
from typing import Any

import typst

from takar.common import words
from takar.documents.enums import SignatureMethod
from takar.documents.forms.glyphs import FONTS
from takar.documents.forms.qr import qr
from takar.documents.forms.render import TEMPLATES, SignatureBox, typeset
from takar.documents.signing.types import Order

TEMPLATE = TEMPLATES / "stempel.typ"
KINDS = {
    SignatureMethod.INTERNAL: "tidak tersertifikasi, sertifikat kantor",
    SignatureMethod.BSRE: "tersertifikasi, BSrE",
}


def stamp(order: Order, method: SignatureMethod, box: SignatureBox) -> bytes:
    """The stamp as a PDF page of exactly the box's size."""
    return typeset(TEMPLATE, FONTS, _data(order, method, box))


def picture(order: Order, method: SignatureMethod, box: SignatureBox) -> bytes:
    """The same as PNG, for a service that takes pictures only."""
    inputs = {"data": _json(_data(order, method, box))}
    made = typst.compile(
        TEMPLATE,
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        format="png",
        ppi=220,
    )
    assert isinstance(made, bytes)  # noqa: S101 -- the stamp has one page
    return made


def _data(order: Order, method: SignatureMethod, box: SignatureBox) -> dict[str, Any]:
    return {
        "width": box.width,
        "height": box.height,
        "kind": KINDS[method],
        "at": words.moment(order.at),
        "capacity": order.capacity,
        "check": order.address.partition("://")[2].partition("/periksa/")[0] + "/periksa",
        "word": order.check_word,
        "pictures": {"qr": qr(order.address)},
    }


def _json(data: dict[str, Any]) -> str:
    import json  # noqa: PLC0415 -- only where a picture is asked for

    return json.dumps(data)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
