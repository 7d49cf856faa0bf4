"""Writes on the office's own data."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction

from takar.accounts import actions as accounts
from takar.accounts.models import User
from takar.audit.actions import record, record_many
from takar.audit.types import By
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.organisation import policies, staff
from takar.organisation.enums import PersonKind, Role
from takar.organisation.locks import one_at_a_time
from takar.organisation.models import Agency, Employee, RoleHolder
from takar.organisation.types import PersonData, Summary
from takar.rules.nip import parse_nip

OFFICE_LABELS = {
    "name": "Nama instansi",
    "short_name": "Nama singkat",
    "region": "Pemerintah daerah",
    "place": "Tempat kedudukan",
}


@transaction.atomic
def create_office(
    *, name: str, short_name: str, region: str, place: str, nip: str, admin_name: str, password: str
) -> Employee:
    """The first act of an empty installation: the agency and its first administrator, who alone exists afterwards."""
    if Agency.objects.exists():
        raise NotAllowed("Kantor sudah dibuat. Masuklah dengan akun Administrator.")
    described = {"name": name, "short_name": short_name, "region": region, "place": place}
    admin = _create(described, nip, admin_name, password)
    after = {**described, "admin": nip}
    record(stream=f"agency:{admin.agency_id}", verb="agency.created", by=admin.by(Role.ADMIN), after=after)
    return admin


@transaction.atomic
def add_office(
    *, actor: Employee, name: str, short_name: str, region: str, place: str, nip: str, admin_name: str
) -> tuple[Employee, str]:
    """A further office of the same installation, with its first administrator and the code that activates the account.

    Both offices' trails tell of it. Nobody of either sees anything of the other.
    """
    policies.check_can_add_office(actor, actor.agency)
    one_at_a_time(actor.agency)
    described = {
        "name": name.strip(),
        "short_name": short_name.strip(),
        "region": region.strip(),
        "place": place.strip(),
    }
    number = _fit(described, nip, admin_name.strip())
    admin = _create(described, number, admin_name.strip(), None)
    by, after = actor.by(Role.ADMIN), {**described, "admin": number}
    for agency in (actor.agency, admin.agency):
        record(
            stream=f"agency:{agency.pk}", verb="agency.added", by=by, subject=f"agency:{admin.agency_id}", after=after
        )
    code = accounts.issue_activation(user=admin.user)
    record(stream=f"account:{admin.user_id}", verb="account.code_issued", by=by, subject=f"employee:{admin.pk}")
    return admin, code


def _create(described: dict[str, str], nip: str, admin_name: str, password: str | None) -> Employee:
    agency = Agency.objects.create(**described)
    user = accounts.create_user(username=nip, name=admin_name, password=password)
    admin = Employee.objects.create(agency=agency, user=user, nip=nip, name=admin_name, kind=PersonKind.PNS)
    RoleHolder.objects.create(agency=agency, employee=admin, role=Role.ADMIN, start=clock.today())
    return admin


def _fit(described: dict[str, str], nip: str, admin_name: str) -> str:
    """The NIP as digits, if everything is there and nothing of it is taken."""
    problems = [Problem(label, "Belum diisi.") for key, label in OFFICE_LABELS.items() if not described[key]]
    problems += [] if admin_name else [Problem("Nama Administrator", "Belum diisi.")]
    if Agency.objects.filter(name=described["name"]).exists():
        problems.append(Problem("Nama instansi", "Kantor dengan nama ini sudah ada di pemasangan ini."))
    number = ""
    try:
        number = parse_nip(nip).digits
    except ValueError as error:
        problems.append(Problem("NIP Administrator", str(error)))
    taken = Employee.objects.filter(nip=number).select_related("agency").first() if number else None
    if taken is not None or User.objects.filter(username=number or None).exists():
        where = f" di {taken.agency.name}" if taken else ""
        problems.append(
            Problem("NIP Administrator", f"NIP ini sudah terdaftar{where}. Pakailah NIP pegawai kantor baru itu.")
        )
    if problems:
        raise InvalidInput("Kantor belum ditambahkan.", problems)
    return number


@transaction.atomic
def import_staff(*, actor: Employee, agency: Agency, rows: Sequence[PersonData], on: dt.date) -> Summary:
    """Bring people, posts and superiors into the office; see `staff` for what the same list given twice does."""
    policies.check_can_manage_office(actor, agency)
    one_at_a_time(agency)
    summary, drafts = staff.apply(agency=agency, rows=rows, on=on, by=actor.by("pengelola"))
    record_many(drafts)
    return summary


@transaction.atomic
def set_role_holders(
    *,
    actor: Employee,
    agency: Agency,
    holders: Sequence[tuple[str, Employee]],
    on: dt.date,
    roles: Collection[str] = (),
) -> Summary:
    """Make exactly these people hold the roles that occur in `holders`; the others' terms end the day before.

    Of `roles` as well: one that nobody holds in `holders` is then vacant.
    """
    policies.check_can_manage_office(actor, agency)
    one_at_a_time(agency)
    _check_own_people(agency, [holder for _, holder in holders])
    wanted = {(role, holder.pk) for role, holder in holders}
    roles = {role for role, _ in wanted} | set(roles)
    present = {
        (row.role, row.employee_id): row
        for row in RoleHolder.objects.filter(agency=agency, end__isnull=True, role__in=roles)
    }
    ended = [row for key, row in present.items() if key not in wanted]
    for row in ended:
        _end_role(row, on)
    new = [
        RoleHolder(agency=agency, employee_id=pk, role=role, start=on)
        for role, pk in sorted(wanted - present.keys(), key=str)
    ]
    RoleHolder.objects.bulk_create(new)
    if new or ended:
        before = {"holders": sorted(f"{role}:{pk}" for role, pk in present)}
        after = {"holders": sorted(f"{role}:{pk}" for role, pk in wanted)}
        record(stream=f"agency:{agency.pk}", verb="roles.set", by=actor.by("pengelola"), before=before, after=after)
    return Summary(created=len(new), changed=len(ended), unchanged=len(wanted) - len(new))


def _check_own_people(agency: Agency, people: Sequence[Employee]) -> None:
    strangers = [person for person in people if person.agency_id != agency.pk]
    if strangers:
        raise InvalidInput(
            "Peran belum disimpan.",
            [Problem(person.full_name, f"Bukan pegawai {agency.short_name}.") for person in strangers],
        )


def _end_role(row: RoleHolder, on: dt.date) -> None:
    """A term that began on the day itself was a mistake and goes; any other ends the day before."""
    if row.start >= on:
        row.delete()
    else:
        row.end = on - dt.timedelta(days=1)
        row.save(update_fields=["end"])


@transaction.atomic
def issue_activation_codes(*, actor: Employee, employees: Sequence[Employee]) -> list[tuple[Employee, str]]:
    """One-time codes to hand out on paper; each ends the person's earlier code, none shows a password.

    For accounts that are in use `resets.actions.issue_codes` asks the office's rule and tells the person.
    """
    issued = []
    for employee in employees:
        policies.check_can_manage_office(actor, employee.agency)
        code = accounts.issue_activation(user=employee.user)
        stream = f"account:{employee.user_id}"
        after = {"reset": True} if employee.user.has_usable_password() else None
        record(
            stream=stream,
            verb="account.code_issued",
            by=actor.by("pengelola"),
            subject=f"employee:{employee.pk}",
            after=after,
        )
        issued.append((employee, code))
    return issued


def activate_account(*, username: str, code: str, password: str, again: str) -> User:
    """The holder of a code chooses a password."""
    if password != again:
        raise InvalidInput(
            "Kata sandi belum disimpan.",
            [Problem("Ulangi kata sandi", "Kedua kata sandi tidak sama; ketik ulang keduanya.")],
        )
    key = f"activate:{username}"
    accounts.throttle(key=key)  # before the transaction, so that wrong tries stay counted
    with transaction.atomic():
        user = accounts.activate(username=username, code=code, password=password)
        by = By(id=str(user.pk), name=user.name, role="pemilik akun")
        record(stream=f"account:{user.pk}", verb="account.activated", by=by)
    accounts.clear_throttle(key=key)
    return user
