"""Which cases wait for somebody who acts in another's stead, as one condition on the list of cases.

It says for lists what `capacity` says for a single step; a test holds the two against each other.
"""

from collections.abc import Collection
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from takar.casework.capacity import ASSESSOR, DECIDING
from takar.casework.models import Period
from takar.common import clock
from takar.organisation.models import Employee, Mandate
from takar.organisation.queries import mandates_near
from takar.procedures.models import ProcedureVersion
from takar.procedures.queries import sop_of

NOTHING = Q(pk__in=())
Acts = Collection[str]


def in_stead(reader: Employee) -> Q:
    """Tasks of the reader's mandates, and those that rise to the reader as the superior of a barred assessor."""
    if reader.known_mandates is None:
        return _in_stead(reader)
    if reader.known_stead is None:
        reader.known_stead = _in_stead(reader)
    return reader.known_stead


def _in_stead(reader: Employee) -> Q:
    near = mandates_near(reader, clock.today())
    held = [mandate for mandate in near if mandate.holder_id == reader.pk]
    barred = [mandate for mandate in near if mandate.principal_id and mandate.holder_id != reader.pk]
    if not held and not barred:
        return NOTHING
    periods = _periods_by_version(reader.agency_id)
    conditions = [_held(mandate, reader, periods) for mandate in held]
    conditions += [_risen(mandate, reader, periods) for mandate in barred]
    return reduce(or_, conditions)


def _held(mandate: Mandate, reader: Employee, periods: dict[ProcedureVersion, list[UUID]]) -> Q:
    """What the mandate gives to do; of the reader's own case only what decides nothing."""
    reached = Q(actor__in=mandate.roles)
    if mandate.principal_id:
        reached |= Q(assignee_id=mandate.principal_id, actor=ASSESSOR)
    others = ~Q(employee=reader) & _steps(periods, mandate.acts)
    own = Q(employee=reader) & _steps(periods, set(mandate.acts) - DECIDING)
    return Q(agency_id=reader.agency_id, step__gt=0) & reached & (others | own)


def _risen(mandate: Mandate, reader: Employee, periods: dict[ProcedureVersion, list[UUID]]) -> Q:
    """The holder's own case, which rises to the assessor's superior."""
    own = Q(employee_id=mandate.holder_id, assignee_id=mandate.principal_id, actor=ASSESSOR, step__gt=0)
    return own & Q(agency_id=reader.agency_id, assessor_superior=reader) & _steps(periods, mandate.acts)


def _steps(periods: dict[ProcedureVersion, list[UUID]], acts: Acts) -> Q:
    """The steps of these kinds, whose numbers depend on the version of the SOP that a period runs under."""
    found = NOTHING
    for version, pks in periods.items():
        numbers = [step.number for step in sop_of(version).flow.steps if step.kind in acts]
        found |= Q(period_id__in=pks, step__in=numbers)
    return found


def _periods_by_version(agency_id: UUID) -> dict[ProcedureVersion, list[UUID]]:
    found: dict[ProcedureVersion, list[UUID]] = {}
    periods = Period.objects.filter(agency_id=agency_id).select_related("version").defer("version__content")
    for period in periods.order_by("pk"):
        found.setdefault(period.version, []).append(period.pk)
    return found
