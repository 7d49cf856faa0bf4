"""An installation's first act: the office, its administrator, and the SOP that ships with the program."""

import datetime as dt

from django.db import transaction

from takar.organisation.actions import create_office
from takar.organisation.models import Employee
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
    identity = parse_sop(shipped_sop()).identity
    version = install_sop(actor=admin, agency=admin.agency, data=shipped_sop())
    approve_version(
        actor=admin, version=version, on=identity.approved_on or dt.date(2023, 7, 10), by=identity.approved_by
    )
    return admin
