"""Finding archived documents."""

import re

from django.db.models import Q, QuerySet

from takar.archive.models import Deposit
from takar.organisation.enums import Role
from takar.organisation.models import Employee
from takar.organisation.policies import roles_here

# Digits grouped with spaces are taken together as (the start of) a NIP from this length on.
SHORTEST_NIP_PART = 8
KEEPERS = frozenset({Role.KASUBBAG, Role.STAF, Role.SEKRETARIS, Role.KEPALA})


def visible_deposits(reader: Employee) -> QuerySet[Deposit]:
    """The personnel desk and the heads see the office's archive, everybody else the own documents."""
    deposits = Deposit.objects.select_related("box", "document").order_by("-year", "name", "pk")
    if roles_here(reader, reader.agency) & KEEPERS:
        return deposits.filter(agency_id=reader.agency_id)
    return deposits.filter(document__subject=reader)


def search(reader: Employee, words: str) -> QuerySet[Deposit]:
    """By any of name, NIP, year, document number and box; every word must be found somewhere."""
    found = visible_deposits(reader)
    compact = re.sub(r"[\s.]", "", words)
    terms = [compact] if compact.isdigit() and len(compact) >= SHORTEST_NIP_PART else words.split()
    for term in terms:
        condition = Q(name__icontains=term) | Q(nip__startswith=term) | Q(number__icontains=term)
        condition |= Q(box__code__icontains=term)
        if term.isdecimal() and len(term) <= 4:  # noqa: PLR2004 -- a year has four digits
            condition |= Q(year=int(term))
        found = found.filter(condition)
    return found
