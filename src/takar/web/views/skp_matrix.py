"""Matriks peran hasil (PermenPANRB 6/2022, form A.1.5): a superior's hasil kerja across, the staff with theirs down."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from takar.appraisal.enums import Regulation
from takar.appraisal.models import Plan, Work
from takar.appraisal.plan_policies import can_read_matrix
from takar.appraisal.plan_queries import in_force, newest
from takar.common import clock
from takar.organisation.models import Assignment, Employee
from takar.organisation.queries import assignments_on
from takar.web.http import PersonRequest, page, paged
from takar.web.views.skp import year_of, years

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One of the staff: a cell for each of the superior's hasil kerja, then what takes up none of them."""

    seat: Assignment
    state: str
    cells: tuple[tuple[str, ...], ...]
    rest: tuple[str, ...]


@page("GET")
def matrix(request: PersonRequest, employee_id: UUID) -> HttpResponse:
    superior = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    if not can_read_matrix(request.employee, superior):
        raise Http404
    year = year_of(request)
    own = in_force(Plan.objects.filter(employee=superior, year=year, method=Regulation.PERMENPAN6)).last()
    works = list(own.works.order_by("number")) if own else []
    seats = paged(request, assignments_on(superior.agency_id, clock.today()).filter(superior=superior), PER_PAGE)
    plans = newest(
        Plan.objects.filter(
            year=year, method=Regulation.PERMENPAN6, employee_id__in=[seat.employee_id for seat in seats]
        )
    )
    by_person = {plan.employee_id: plan for plan in plans.prefetch_related("works__superior_work").order_by("part")}
    context = {
        "superior": superior,
        "year": year,
        "years": years(),
        "works": works,
        "plan": own,
        "page": seats,
        "rows": [_row(seat, by_person.get(seat.employee_id), works) for seat in seats],
    }
    return render(request, "web/skp/matrix.html", context)


def _row(seat: Assignment, plan: Plan | None, works: list[Work]) -> Row:
    mine = list(plan.works.all()) if plan else []
    keys = [work.key for work in works]
    taken = [(work.superior_work.key if work.superior_work else None, work.name) for work in mine]
    return Row(
        seat=seat,
        state=str(plan.get_state_display()).lower() if plan else "belum disusun",
        cells=tuple(tuple(name for key, name in taken if key == wanted) for wanted in keys),
        rest=tuple(name for key, name in taken if key not in keys),
    )
