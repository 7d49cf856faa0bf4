"""The SOP's sheet for print: the rows of the screen, handed to the form."""

from dataclasses import asdict

from takar.common import words
from takar.documents.emblems import emblems_of, pictures_of
from takar.documents.forms.render import render
from takar.documents.forms.shapes import SopSheet
from takar.procedures.models import ProcedureVersion
from takar.procedures.queries import sop_of
from takar.rules.flow import Sop
from takar.web.sheet import sheet_rows


def sheet_pdf(version: ProcedureVersion) -> bytes:
    pictures = pictures_of(emblems_of(version.agency))
    return render("lembar_sop", {**sheet_data(sop_of(version), version), "pictures": pictures})


def sheet_data(sop: Sop, version: ProcedureVersion) -> SopSheet:
    sheet, identity = sheet_rows(sop), sop.identity
    return {
        "agency": {"region": identity.region, "name": identity.agency, "place": identity.seat},
        "name": identity.name,
        "number": identity.number,
        "state": _state(version),
        "identity": [list(pair) for pair in sheet.identity],
        "blocks": [asdict(block) for block in sheet.blocks],
        "actors": list(sheet.actors),
        "rows": [asdict(row) for row in sheet.rows],
        "readings": [list(pair) for pair in sheet.readings],
    }


def _state(version: ProcedureVersion) -> str:
    day = f" {words.date(version.approved_on)}" if version.approved_on else ""
    return f"Versi {version.version}: {version.get_state_display()}{day}"
