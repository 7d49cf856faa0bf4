"""How a staff list becomes rows: compare with what is there, write only the differences, in few statements.

The same list given twice changes nothing. A different post, unit or superior ends the present assignment the day before
`on` and begins a new one; on the very day that an assignment began it is a correction and is made in place.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from takar.accounts.models import User
from takar.audit.types import By, Draft
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.organisation.enums import PersonKind
from takar.organisation.models import Agency, Assignment, Employee, Unit
from takar.organisation.types import PersonData, Summary

PERSON_FIELDS = ("name", "title_front", "title_back", "kind", "rank", "standing")
PLACE_FIELDS = ("post", "post_kind", "echelon", "level", "unit_id", "superior_id")
BATCH = 500


@dataclass(slots=True)
class Register:
    """The office as it is on the day, and everything that is to be written."""

    agency: Agency
    on: dt.date
    people: dict[str, Employee] = field(default_factory=dict)
    unnumbered: dict[str, Employee] = field(default_factory=dict)
    places: dict[object, Assignment] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    usernames: set[str] = field(default_factory=set)
    new_users: list[User] = field(default_factory=list)
    new_people: list[Employee] = field(default_factory=list)
    new_places: list[Assignment] = field(default_factory=list)
    changed_people: list[Employee] = field(default_factory=list)
    changed_places: list[Assignment] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)


def apply(*, agency: Agency, rows: Sequence[PersonData], on: dt.date, by: By) -> tuple[Summary, list[Draft]]:
    """Write the list inside the caller's transaction; returns what happened and the audit events to record."""
    register = _load(agency, rows, on)
    _ensure_units(register, rows)
    fresh = {row.nip for row in rows if row.nip and row.nip not in register.people}
    for row in rows:
        _ensure_person(register, row, by)
    changed: set[object] = {person.pk for person in register.changed_people}
    for row in rows:
        person = _person_of(register, row)
        if row.post and _place(register, person, row, by):
            changed.add(person.pk)
    _write(register)
    changed -= {person.pk for person in register.new_people}
    created = len(fresh) + sum(1 for row in rows if not row.nip and _person_of(register, row) in register.new_people)
    return Summary(created, len(changed), len(rows) - created - len(changed)), register.drafts


def _load(agency: Agency, rows: Sequence[PersonData], on: dt.date) -> Register:
    nips = {nip for row in rows for nip in (row.nip, row.superior_nip) if nip}
    register = Register(agency, on)
    for batch in _batches(sorted(nips)):
        register.people |= {str(p.nip): p for p in Employee.objects.filter(nip__in=batch).select_related("user")}
    _check_own(agency, rows, register.people)
    register.unnumbered = {p.name: p for p in Employee.objects.filter(agency=agency, nip__isnull=True)}
    register.places = {place.employee_id: place for place in Assignment.objects.filter(agency=agency, end__isnull=True)}
    register.units = {unit.name: unit for unit in Unit.objects.filter(agency=agency)}
    return register


def _check_own(agency: Agency, rows: Sequence[PersonData], known: dict[str, Employee]) -> None:
    """A superior may be of another office of the installation; the list itself changes nobody of another."""
    others = {str(person.nip) for person in known.values() if person.agency_id != agency.pk}
    if strangers := [row.nip for row in rows if row.nip in others]:
        message = "NIP ini terdaftar di kantor lain; mutasikan dahulu dari sana."
        raise InvalidInput("Daftar pegawai belum dimasukkan.", [Problem(str(nip), message) for nip in strangers])


def _ensure_units(register: Register, rows: Iterable[PersonData]) -> None:
    names = {row.unit for row in rows if row.unit} - register.units.keys()
    new = [Unit(agency=register.agency, name=name) for name in sorted(names)]
    Unit.objects.bulk_create(new)
    register.units |= {unit.name: unit for unit in new}


def _ensure_person(register: Register, row: PersonData, by: By) -> None:
    """Create or correct the person of the row, and the superior without NIP whom it names."""
    person = register.people.get(row.nip) if row.nip else register.unnumbered.get(row.name)
    values = {name: getattr(row, name) for name in PERSON_FIELDS}
    if person is None:
        _new_person(register, row.nip, values, by)
    elif before := {name: getattr(person, name) for name in PERSON_FIELDS if getattr(person, name) != values[name]}:
        for name in before:
            setattr(person, name, values[name])
        register.changed_people.append(person)
        after = {name: values[name] for name in before}
        register.drafts.append(_draft(person, by, "employee.changed", before, after))
    if row.superior_name and not row.superior_nip and row.superior_name not in register.unnumbered:
        _new_person(register, None, {"name": row.superior_name, "kind": PersonKind.OTHER}, by)
        superior = register.unnumbered[row.superior_name]
        _place(register, superior, PersonData(None, superior.name, PersonKind.OTHER, post=row.superior_post), by)


def _new_person(register: Register, nip: str | None, values: dict[str, str], by: By) -> None:
    username = nip or _free_username(register, values["name"])
    user = User(username=username, name=values["name"], created_at=clock.now())
    user.set_unusable_password()
    person = Employee(agency=register.agency, user=user, nip=nip, **values)
    register.new_users.append(user)
    register.new_people.append(person)
    (register.people if nip else register.unnumbered)[nip or person.name] = person
    register.drafts.append(_draft(person, by, "employee.created", None, {"nip": nip, **values}))


def _free_username(register: Register, name: str) -> str:
    """A name to sign in with for somebody without NIP: "rahmat.hidayat", numbered when taken."""
    base = ".".join(re.findall(r"[a-z]+", name.lower())[:3]) or "pejabat"
    taken = register.usernames | set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    free = next(text for n in range(1, len(taken) + 2) if (text := base if n == 1 else f"{base}{n}") not in taken)
    register.usernames.add(free)
    return free


def _person_of(register: Register, row: PersonData) -> Employee:
    return register.people[row.nip] if row.nip else register.unnumbered[row.name]


def _superior_of(register: Register, row: PersonData) -> Employee | None:
    if row.superior_nip:
        return register.people.get(row.superior_nip)
    return register.unnumbered.get(row.superior_name) if row.superior_name else None


def _place(register: Register, person: Employee, row: PersonData, by: By) -> bool:
    """Seat the person as the row says; True when that changed anything."""
    unit = register.units.get(row.unit) or _outside(register)
    superior = _superior_of(register, row)
    present = register.places.get(person.pk)
    values = {
        "post": row.post,
        "post_kind": row.post_kind,
        "echelon": row.echelon,
        "level": row.level or _kept_level(present, row),
        "unit_id": unit.pk,
        "superior_id": superior.pk if superior else None,
    }
    before = {name: getattr(present, name) for name in PLACE_FIELDS} if present else None
    if before == values:
        return False
    if present is not None and present.start == register.on:
        for name, value in values.items():
            setattr(present, name, value)
        register.changed_places.append(present)
    else:
        if present is not None:
            present.end = register.on - dt.timedelta(days=1)
            register.changed_places.append(present)
        new = Assignment(agency=register.agency, employee=person, start=register.on, **values)
        register.places[person.pk] = new
        register.new_places.append(new)
    register.drafts.append(_draft(person, by, "employee.placed", before, {**values, "start": register.on}))
    return True


def _kept_level(present: Assignment | None, row: PersonData) -> str:
    """A list that does not tell the jenjang leaves it as it is, as long as the post is the same."""
    same = present is not None and (present.post, present.post_kind) == (row.post, row.post_kind)
    return present.level if present is not None and same else ""


def _outside(register: Register) -> Unit:
    """The unit of superiors from outside the agency: the regional government itself."""
    name = register.agency.region
    if name not in register.units:
        register.units[name] = Unit.objects.create(agency=register.agency, name=name)
    return register.units[name]


def _write(register: Register) -> None:
    """Everything that changed; ended assignments before new ones, for there is one open per person."""
    User.objects.bulk_create(register.new_users, batch_size=BATCH)
    Employee.objects.bulk_create(register.new_people, batch_size=BATCH)
    Employee.objects.bulk_update(register.changed_people, PERSON_FIELDS, batch_size=BATCH)
    _rename_accounts(register.changed_people)
    new = {place.pk for place in register.new_places}
    changed = [place for place in register.changed_places if place.pk not in new]
    Assignment.objects.bulk_update(changed, [*PLACE_FIELDS, "end"], batch_size=BATCH)
    Assignment.objects.bulk_create(register.new_places, batch_size=BATCH)


def _rename_accounts(people: Iterable[Employee]) -> None:
    """The account carries the person's name, which its own events are written under."""
    renamed = [person.user for person in people if person.nip and person.user.name != person.name]
    names = {person.user_id: person.name for person in people}
    for user in renamed:
        user.name = names[user.pk]
    User.objects.bulk_update(renamed, ["name"], batch_size=BATCH)


def _draft(
    person: Employee, by: By, verb: str, before: dict[str, object] | None, after: dict[str, object] | None
) -> Draft:
    return Draft(
        stream=f"employee:{person.pk}", verb=verb, by=by, subject=f"employee:{person.pk}", before=before, after=after
    )


def _batches(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[i : i + BATCH] for i in range(0, len(values), BATCH))
