"""The archive's own papers: labels with a QR code, and the list of what lies in a box."""

from collections.abc import Sequence
from typing import Any

from takar.archive.models import Box, Deposit, Shelf
from takar.common import clock, words
from takar.common.addresses import absolute
from takar.documents.forms.qr import qr
from takar.documents.forms.render import render
from takar.organisation.models import Agency

BOX_PATH, SHELF_PATH = "/arsip/box/{}/", "/arsip/rak/{}/"
BOX_COLUMNS = (("No.", 7), ("Nama dan NIP", 36), ("Nomor dokumen", 32), ("Tahun", 9), ("Klasifikasi", 16))


def print_labels(agency: Agency, boxes: Sequence[Box], shelves: Sequence[Shelf] = ()) -> bytes:
    """A sheet of labels; each code leads to the page of its box or shelf."""
    labels = [label(shelf.code, shelf.room or "Rak", SHELF_PATH.format(shelf.pk)) for shelf in shelves]
    labels += [label(box.code, f"Rak {box.shelf.code}", BOX_PATH.format(box.pk)) for box in boxes]
    return render("label_arsip", {"agency": agency_card(agency), "labels": labels})


def label(code: str, detail: str, path: str) -> dict[str, str]:
    return {"code": code, "detail": detail, "qr": qr(absolute(path))}


def print_box_list(box: Box, deposits: Sequence[Deposit]) -> bytes:
    """What lies in the box today, to lie on top in it."""
    rows = [
        [str(number), f"{row.name}\n{words.nip(row.nip)}", row.number, str(row.year), row.classification]
        for number, row in enumerate(deposits, start=1)
    ]
    facts = [["Box file", box.code], ["Rak", box.shelf.code], ["Ruang", box.shelf.room or "-"]]
    facts += [["Jumlah", f"{len(rows)} dokumen"], ["Keadaan pada", words.date(clock.today())]]
    code = qr(absolute(BOX_PATH.format(box.pk)))
    content = sheet(box.agency, "Daftar isi box", columns=BOX_COLUMNS, qr=code, facts=facts, rows=rows)
    return render("lembar_arsip", content)


def sheet(
    agency: Agency, title: str, *, number: str = "", columns: Sequence[tuple[str, int]] = (), **content: Any
) -> dict[str, Any]:
    """What the template of the archive's sheets asks for; whatever is not given stays empty."""
    empty: dict[str, Any] = {"paragraphs": [], "facts": [], "rows": [], "closing": [], "signers": []}
    return {
        **empty,
        "agency": agency_card(agency),
        "title": title,
        "number": number,
        "columns": [{"label": label, "share": share} for label, share in columns],
        "place-date": f"{agency.place}, {words.date(clock.today())}",
        **content,
    }


def agency_card(agency: Agency) -> dict[str, str]:
    return {"name": agency.name, "region": agency.region, "place": agency.place}
