"""Mandates for the tests: by whom, over whom, for whom, from when to when."""

import datetime as dt
from typing import Any

from tests.office import TODAY, Office

from takar.organisation.mandates import give_mandate
from takar.organisation.models import Employee, Mandate
from takar.organisation.types import MandateData

DAY = dt.timedelta(days=1)
FIRST, LAST = TODAY, TODAY + 13 * DAY


def mandate_data(office: Office, **changes: Any) -> MandateData:
    """Plh. in the place of the superior, held by the head of another unit for two weeks."""
    given: dict[str, Any] = {
        "kind": "plh",
        "holder": office.atasan_lain,
        "number": "800/12/DINCO/2026",
        "decreed_on": TODAY,
        "start": FIRST,
        "end": LAST,
        "principal": office.atasan,
    }
    return MandateData(**given | changes)


def role_data(office: Office, **changes: Any) -> MandateData:
    """Plt. Kasubbag, held by a colleague."""
    return mandate_data(
        office, **{"kind": "plt", "principal": None, "role": "kasubbag", "holder": office.rekan} | changes
    )


def give(office: Office, data: MandateData | None = None, by: Employee | None = None, **changes: Any) -> Mandate:
    return give_mandate(actor=by or office.kepala, agency=office.agency, data=data or mandate_data(office, **changes))
