"""An office of any size with an open period, made by the program's own acts; also the settings of the measurement."""

import datetime as dt
import os
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from takar.appraisal.types import ActivityData

PASSWORD = "kuda-laut-biru-42"  # noqa: S105 -- of invented people in a temporary folder
YEAR = 2025
START = dt.date(2025, 1, 1)
STAFF_OF_ONE = 12
UNIT_SIZE = 50
LINES = 6
ROLES = ("kepala", "staf", "kasubbag", "sekretaris")


def prepare(folder: Path | None = None) -> Path:
    """Point Takar at a folder of its own and load it; to be called before anything of Takar is imported."""
    folder = folder or Path(tempfile.mkdtemp(prefix="takar-bench-"))
    os.environ["TAKAR_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    return folder


def nip(number: int) -> str:
    """A NIP of an invented person; unique below 144,000."""
    born = dt.date(1965, 1, 1) + dt.timedelta(days=number % 12_000)
    return f"{born:%Y%m%d}2010{1 + number // 12_000 % 12:02d}1{number % 997:03d}"


def targets(count: int = LINES) -> "list[ActivityData]":
    """The year's targets of one person."""
    from takar.appraisal.types import ActivityData

    numbers = range(1, count + 1)
    return [
        ActivityData(k, f"Menyusun laporan {k}", Decimal(12), "laporan", Decimal(100), Decimal(12)) for k in numbers
    ]


def cast() -> dict[str, str]:
    """The NIP of each role holder and of one ordinary employee."""
    return {name: nip(i) for i, name in enumerate((*ROLES, "atasan", "pegawai"))}


def make_office(size: int, activities: int = LINES) -> dict[str, str]:
    """The office; gives its cast."""
    from takar.appraisal.plans import save_plans
    from takar.casework.installing import create_installation
    from takar.casework.periods import open_period
    from takar.cli.migrate import prepare_database
    from takar.organisation.actions import import_staff, set_role_holders
    from takar.organisation.models import Employee
    from takar.organisation.types import PersonData
    from takar.procedures.data import SHIPPED_KEY
    from takar.procedures.queries import version_in_force

    prepare_database()
    admin = create_installation(
        name="Dinas Ukur", short_name="UKUR", region="Pemerintah Kabupaten Contoh", place="Contoh",
        nip="199001012010011001", admin_name="Administrator", password=PASSWORD,
    )  # fmt: skip
    rows = [
        PersonData(
            nip(i), f"Pegawai Nomor {i:06d}", "pns", rank="III/a", post="Analis", unit=f"Unit {i // UNIT_SIZE}",
            superior_nip=nip(i // STAFF_OF_ONE) if i else "", superior_name="" if i else "H. Bupati", superior_post="Bupati",
        )
        for i in range(size)
    ]  # fmt: skip
    import_staff(actor=admin, agency=admin.agency, rows=rows, on=START)
    people = list(Employee.objects.filter(agency=admin.agency).exclude(nip=None).exclude(pk=admin.pk))
    known = cast()
    found = {person.nip: person for person in people}
    set_role_holders(actor=admin, agency=admin.agency, holders=[(role, found[known[role]]) for role in ROLES], on=START)
    kasubbag = Employee.objects.select_related("agency").get(pk=found[known["kasubbag"]].pk)
    save_plans(actor=kasubbag, agency=kasubbag.agency, year=YEAR, plans=dict.fromkeys(people, targets(activities)))
    version = version_in_force(admin.agency, SHIPPED_KEY, dt.date.today())
    open_period(actor=kasubbag, agency=kasubbag.agency, year=YEAR, method="pp46-2011", version=version)
    for number in known.values():
        user = found[number].user
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    return known
