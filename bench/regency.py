"""A regency of many offices in one installation, made by the program's own acts, for the load model."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from make_office import PASSWORD, START, YEAR, nip

STAFF_OF_ONE = 12
DESK = ("kepala", "sekretaris", "kasubbag", "staf", "staf2")


@dataclass
class Place:
    """One office: who holds its roles, whose case is assessed by whom (user names), and how many cases there are."""

    name: str
    desk: dict[str, str]
    assessed_by: dict[str, list[str]] = field(default_factory=dict)

    @property
    def cases(self) -> int:
        return sum(map(len, self.assessed_by.values()))


def make_regency(people: int, offices: int, superiors: int) -> list[Place]:
    """Offices of equal size; everybody has the same password, which is hashed once."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    from takar.accounts.models import User
    from takar.casework.installing import create_installation, found_office
    from takar.cli.migrate import prepare_database

    prepare_database()
    first = create_installation(
        name="Dinas Ukur 1", short_name="UKUR1", region="Pemerintah Kabupaten Contoh", place="Contoh",
        nip=admin_nip(0), admin_name="Administrator 1", password=PASSWORD,
    )  # fmt: skip
    places = []
    size, span = people // offices, max(2, people // max(superiors, 1))
    for number in range(offices):
        admin = first
        if number:
            admin, _ = found_office(
                actor=first, name=f"Dinas Ukur {number + 1}", short_name=f"UKUR{number + 1}",
                region="Pemerintah Kabupaten Contoh", place="Contoh", nip=admin_nip(number), admin_name=f"Administrator {number + 1}",
            )  # fmt: skip
        places.append(_fill(admin, number * size, size, span))
    hasher = Argon2PasswordHasher()
    User.objects.update(password=hasher.encode(PASSWORD, hasher.salt()))
    return places


def admin_nip(number: int) -> str:
    """Of somebody born before anybody of `make_office.nip`."""
    born = dt.date(1960, 1, 1) + dt.timedelta(days=number)
    return f"{born:%Y%m%d}1985011001"


def _fill(admin: object, first: int, size: int, span: int) -> Place:
    from takar.appraisal.plans import save_plans
    from takar.appraisal.types import ActivityData
    from takar.casework.models import Case
    from takar.casework.periods import open_period
    from takar.organisation.actions import import_staff, set_role_holders
    from takar.organisation.models import Employee
    from takar.organisation.types import PersonData
    from takar.procedures.data import SHIPPED_KEY
    from takar.procedures.queries import version_in_force

    agency = admin.agency
    rows = [
        PersonData(
            nip(first + i), f"Pegawai {first + i:06d}", "pns", rank="III/a", post="Analis", unit=f"Unit {i // 20}",
            superior_nip=nip(first + (i - 1) // span) if i else "", superior_name="" if i else "H. Bupati", superior_post="Bupati",
        )
        for i in range(size)
    ]  # fmt: skip
    import_staff(actor=admin, agency=agency, rows=rows, on=START)
    activities = [ActivityData(k, f"Menyusun laporan {k}", Decimal(12), "laporan", Decimal(100), Decimal(12)) for k in range(1, 7)]  # fmt: skip
    people = list(Employee.objects.filter(agency=agency).exclude(nip=None).exclude(pk=admin.pk))
    # The desk is the last five: nobody of it assesses.
    desk = {name: nip(first + size - 1 - i) for i, name in enumerate(DESK)}
    found = {person.nip: person for person in people}
    roles = [(name.rstrip("2"), found[number]) for name, number in desk.items()]
    set_role_holders(actor=admin, agency=agency, holders=roles, on=START)
    save_plans(actor=found[desk["kasubbag"]], agency=agency, year=YEAR, plans=dict.fromkeys(people, activities))
    version = version_in_force(agency, SHIPPED_KEY, dt.date.today())
    open_period(actor=admin, agency=agency, year=YEAR, method="pp46-2011", version=version)
    place = Place(agency.short_name, desk)
    for case in Case.objects.filter(agency=agency).select_related("employee__user", "assessor__user").order_by("pk"):
        place.assessed_by.setdefault(case.assessor.user.username, []).append(case.employee.user.username)
    return place
