"""An installation's first act: the office, its administrator, and the SOP that ships with the program."""

import datetime as dt

from django.db import transaction

from takar.organisation.actions import add_office, create_office
from takar.organisation.models import Agency, Employee
from takar.procedures.actions import approve_version, install_sop, shipped_sop
from takar.rules.flow import parse_sop


@transaction.atomic
def create_installation(
    *, name: str, short_name: str, region: str, place: str, nip: str, admin_name: str, password: str
) -> Employee:
    """The office with the shipped SOP in force, as it was approved on 10 July 2023."""
    admin = create_office(
        name=name, short_name=short_name, region=region, place=place, nip=nip, admin_name=admin_name, password=password
    )
    _put_shipped_sop_in_force(admin, admin.agency)
    return admin


@transaction.atomic
def found_office(
    *, actor: Employee, name: str, short_name: str, region: str, place: str, nip: str, admin_name: str
) -> tuple[Employee, str]:
    """A further office of the installation, ready for its staff list; its administrator and the activation code."""
    admin, code = add_office(
        actor=actor, name=name, short_name=short_name, region=region, place=place, nip=nip, admin_name=admin_name
    )
    _put_shipped_sop_in_force(actor, admin.agency)
    return admin, code


def _put_shipped_sop_in_force(actor: Employee, agency: Agency) -> None:
    identity = parse_sop(shipped_sop()).identity
    version = install_sop(actor=actor, agency=agency, data=shipped_sop())
    on = identity.approved_on or dt.date(2023, 7, 10)
    approve_version(actor=actor, version=version, on=on, by=identity.approved_by)
