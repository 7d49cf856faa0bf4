"""An office of some dozens of cases, made by the program's own acts, in which everybody has the same password."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.hashers import Argon2PasswordHasher

from takar.accounts.models import User
from takar.appraisal.plans import save_plans
from takar.appraisal.types import ActivityData
from takar.casework.installing import create_installation
from takar.casework.models import Period
from takar.casework.periods import open_period
from takar.common import clock
from takar.organisation.actions import import_staff, set_role_holders
from takar.organisation.models import Employee
from takar.organisation.types import PersonData
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.queries import version_in_force

PASSWORD = "kuda-laut-biru-42"
YEAR = 2025
START = dt.date(2025, 1, 1)
HEADS = (4, 5, 6)
# Who holds which office, by number.
ROLES = (("kepala", 0), ("staf", 1), ("kasubbag", 2), ("sekretaris", 3), ("staf", 7))
ACTIVITIES = [
    ActivityData(1, "Menyusun laporan bulanan", Decimal(100_000), "laporan", Decimal(100), Decimal(12)),
    ActivityData(2, "Mengelola arsip", Decimal(4), "kegiatan", Decimal(100), Decimal(12)),
]


@dataclass(frozen=True)
class Cast:
    """Who acts, each in a browser of his own."""

    period: Period
    desk: tuple[Employee, ...]
    kasubbag: Employee
    assessors: tuple[Employee, ...]


def nip(number: int) -> str:
    return f"{dt.date(1970, 1, 1) + dt.timedelta(days=37 * number):%Y%m%d}2010011{number:03d}"


def superior(number: int) -> int:
    """The Kepala's own people are the first seven; the others belong to the heads in turn."""
    return 0 if number <= max(HEADS) else HEADS[number % len(HEADS)]


def fill(size: int) -> Cast:
    admin = create_installation(
        name="Dinas Tahan", short_name="TAHAN", region="Pemerintah Kabupaten Contoh", place="Contoh",
        nip="199001012010011001", admin_name="Administrator", password=PASSWORD,
    )  # fmt: skip
    agency = admin.agency
    rows = [
        PersonData(
            nip(i), f"Pegawai Nomor {i:03d}", "pns", rank="III/a", post="Analis", unit="Sekretariat",
            superior_nip=nip(superior(i)) if i else "", superior_name="" if i else "H. Bupati", superior_post="Bupati",
        )
        for i in range(size)
    ]  # fmt: skip
    import_staff(actor=admin, agency=agency, rows=rows, on=START)
    numbered = {int(person.nip[-3:]): person for person in Employee.objects.exclude(nip=None).exclude(pk=admin.pk)}
    set_role_holders(actor=admin, agency=agency, holders=[(role, numbered[i]) for role, i in ROLES], on=START)
    kasubbag = numbered[2]
    save_plans(actor=kasubbag, agency=agency, year=YEAR, plans=dict.fromkeys(numbered.values(), ACTIVITIES))
    version = version_in_force(agency, SHIPPED_KEY, clock.today())
    period = open_period(actor=kasubbag, agency=agency, year=YEAR, method="pp46-2011", version=version)
    User.objects.update(password=Argon2PasswordHasher().encode(PASSWORD, "garam-garam"), is_active=True)
    found = {number: Employee.objects.select_related("user", "agency").get(pk=p.pk) for number, p in numbered.items()}
    return Cast(period, (found[1], found[7]), found[2], (found[0], *(found[head] for head in HEADS)))
