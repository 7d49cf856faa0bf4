"""The forms with nothing in them but the office's name, to be written on."""

from collections.abc import Mapping, Sequence
from typing import Any

from takar.documents.forms.catalogue import FormKind
from takar.documents.forms.shapes import Agency, Pictures
from takar.rules.scoring.permenpan6_2022.inputs import PARAMETERS

ASPECTS = ("Orientasi Pelayanan", "Integritas", "Komitmen", "Disiplin", "Kerja Sama", "Kepemimpinan")
PERSON_FACTS = (
    "Nama",
    "NIP",
    "Nomor Seri Karpeg",
    "Pangkat/Golongan Ruang/TMT",
    "Tempat/Tanggal Lahir",
    "Jenis Kelamin",
    "Pendidikan",
    "Jabatan/TMT",
    "Masa Kerja Golongan",
    "Unit Kerja",
)
NOTHING = {"value": "", "label": ""}
ROWS_IN_A_MATRIX = 5
OUTCOMES_IN_A_MATRIX = 4

# Everything that any form asks for and that is simply empty.
EMPTY: Mapping[str, Any] = {
    "blank": True,
    "period": "",
    "date": "",
    "employee": None,
    "assessor": None,
    "superior": None,
    "signatures": [],
    # PP 46/2011
    "code": "",
    "activities": [],
    "additional": [],
    "creativity": [],
    "credit_sum": "",
    "notes": [],
    "skp": NOTHING,
    "behaviour_sum": "",
    "behaviour_mean": NOTHING,
    "shares": {"skp": "", "behaviour": ""},
    "final": NOTHING,
    "recommendation": "",
    "number": "",
    "year": "",
    "level": "",
    "items": [],
    "issuer": None,
    "issuer_title": "",
    # PermenPANRB 6/2022
    "cycle": "",
    "main": [],
    "results": [],
    "resources": [],
    "accountability": [],
    "consequences": [],
    "organisation": "",
    "results_rating": "",
    "behaviour_rating": "",
    "predicate": "",
    "employee_date": "",
    "note": "",
    "digest": "",
    "edition": "asli",
    "copy": None,
    "sheets": [{}],
    # Angka kredit
    "percentage": "",
    "coefficient": "",
    "credit": "",
    "working": "",
}


def blank_data(form: FormKind, agency: Agency, pictures: Pictures | None = None) -> dict[str, Any]:
    """What `render` needs to print the form blank."""
    return {
        **EMPTY,
        "agency": agency,
        "pictures": pictures or {},
        "format": form.code,
        "kind": form.key.removeprefix("keterangan-"),
        "person": [{"label": label, "value": ""} for label in PERSON_FACTS],
        "behaviour": values() if form.code else [_aspect(name) for name in ASPECTS],
        "tables": [_matrix()],
    }


def values() -> list[dict[str, Any]]:
    """The seven values of PermenPANRB 6/2022 with their guides."""
    rows: Sequence[Mapping[str, Any]] = PARAMETERS.rows("behaviours")
    return [{"label": row["label"], "guides": list(row["guides"])} for row in rows]


def _aspect(name: str) -> dict[str, str]:
    return {"label": name, "value": "", "category": ""}


def _matrix() -> dict[str, Any]:
    nobody = {"name": "", "post": "", "roles": [""] * OUTCOMES_IN_A_MATRIX}
    return {"name": "", "post": "", "outcomes": [""] * OUTCOMES_IN_A_MATRIX, "members": [nobody] * ROWS_IN_A_MATRIX}
