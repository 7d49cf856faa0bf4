"""What all forms say of the office, its people and the seven values."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from takar.casework.models import Case
from takar.common import clock, words
from takar.documents.emblems import emblems_of
from takar.documents.forms import shapes
from takar.documents.forms.shapes_permenpan6 import BehaviourValue
from takar.organisation.models import Agency, Assignment, Employee
from takar.rules.scoring.permenpan6_2022.inputs import PARAMETERS

EMPTY = "-"


def office_of(agency: Agency) -> dict[str, Any]:
    """The letterhead, and the crests that a document keeps."""
    card = {"name": agency.name, "region": agency.region, "place": agency.place}
    return {"agency": card, "emblems": emblems_of(agency)}


def place_and_day(agency: Agency, day: dt.date | None) -> str:
    """Place and day ("Paringin, 12 Januari 2026"); nothing while the day is not known."""
    return f"{agency.place}, {words.date(day)}" if day else ""


def person_of(card: Mapping[str, str] | None) -> shapes.Person | None:
    """A person of a case's snapshot."""
    if card is None:
        return None
    return {
        "name": card["name"],
        "nip": words.nip(card["nip"]),
        "rank": words.rank(card["rank"]) or EMPTY,
        "post": card["post"] or EMPTY,
        "unit": card["unit"] or EMPTY,
    }


def people_of(case: Case) -> dict[str, shapes.Person | None]:
    return {key: person_of(case.snapshot[key]) for key in ("employee", "assessor", "superior")}


def seated(person: Employee | None, seat: Assignment | None, **instead: str) -> shapes.Person | None:
    """A person where he or she sits; `instead` is what a plan has kept of post and unit."""
    if person is None:
        return None
    return {
        "name": person.full_name,
        "nip": words.nip(person.nip),
        "rank": words.rank(person.rank) or EMPTY,
        "post": instead.get("post") or (seat.post if seat else "") or EMPTY,
        "unit": instead.get("unit") or (seat.unit.name if seat else "") or EMPTY,
    }


def seats_of(people: list[Employee | None], day: dt.date) -> dict[Any, Assignment]:
    """Where each of them sat on the day, or where the record of them begins; one query."""
    keys = [person.pk for person in people if person]
    seats = Assignment.objects.filter(employee_id__in=keys).select_related("unit", "superior").order_by("start", "pk")
    found: dict[Any, Assignment] = {}
    for seat in seats:
        if seat.start <= day or seat.employee_id not in found:
            found[seat.employee_id] = seat
    return found


def day_within(first: dt.date, last: dt.date) -> dt.date:
    """Today, or the nearest day of the span."""
    return min(max(clock.today(), first), last)


def behaviour(expectations: Mapping[str, str], feedback: Mapping[str, str] | None = None) -> list[BehaviourValue]:
    """The seven values with what is expected in particular and what was fed back, each by the value's key."""
    told = feedback or {}
    return [
        {
            "label": row["label"],
            "guides": list(row["guides"]),
            "expectation": expectations.get(row["key"], ""),
            "feedback": told.get(row["key"], ""),
        }
        for row in PARAMETERS.rows("behaviours")
    ]


def working_of(line: Mapping[str, Any], where: str = "") -> shapes.WorkingLine:
    """A line of the stored working in words; `where` says which activity or hasil kerja it is of."""
    numbers = "; ".join(f"{number['name']} = {number['value']}" for number in line["numbers"])
    return {
        "label": where + line["label"],
        "formula": line["formula"],
        "numbers": numbers,
        "value": line["printed"],
        "basis": line["basis"],
    }
