"""Cetak: the official forms of a case, of a plan and of a notebook as PDF, and printing for the whole office."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from takar.appraisal.models import Plan
from takar.appraisal.plan_policies import visible_plans
from takar.casework.models import Case
from takar.casework.printing.cases import case_forms, case_pdf
from takar.casework.printing.notebooks import notebook_pdf
from takar.casework.printing.office import CHOICES, FORMATS, ask_for_print, check_can_print_office
from takar.casework.printing.plans import plan_forms, plan_pdf
from takar.casework.queries import periods_of, visible_cases
from takar.common import clock
from takar.common.errors import DomainError, Problem
from takar.organisation.models import Employee
from takar.web.http import PersonRequest, identifiers, page, pdf, sentences

CASE = ("agency", "period", "employee", "appraisal__decision", "appraisal__plan__agency")
CASE_PLAN = ("appraisal__plan__employee", "appraisal__plan__superior")
STEP_FORMS = frozenset({"formulir-kinerja", "b-1-2"})


@page("GET")
def case_prints(request: PersonRequest, case_id: UUID) -> HttpResponse:
    """What of a case can be printed."""
    case = _case(request, case_id)
    rows = []
    for form in case_forms(case):
        address = reverse("case_print", args=[case.pk, form.key])
        rows.append((form, address, f"{address}?kosong=1" if form.key in STEP_FORMS else ""))
    context = {"title": case.name, "back": reverse("case", args=[case.pk]), "back_label": case.code, "rows": rows}
    return render(request, "web/prints.html", context)


@page("GET")
def case_print(request: PersonRequest, case_id: UUID, key: str) -> HttpResponse:
    case = _case(request, case_id)
    if key not in {form.key for form in case_forms(case)}:
        raise Http404
    blank = request.GET.get("kosong") == "1"
    return pdf(case_pdf(case, key, filled=not blank), f"{case.code}-{key}{'-kosong' if blank else ''}")


@page("GET")
def plan_prints(request: PersonRequest, plan_id: UUID) -> HttpResponse:
    """What of a year's plan can be printed."""
    plan = _plan(request, plan_id)
    rows = [(form, reverse("plan_print", args=[plan.pk, form.key]), "") for form in plan_forms(plan)]
    context = {
        "title": f"SKP {plan.year} {plan.employee.full_name}",
        "back": reverse("skp_plan", args=[plan.pk]),
        "back_label": "SKP",
        "rows": rows,
    }
    return render(request, "web/prints.html", context)


@page("GET")
def plan_print(request: PersonRequest, plan_id: UUID, key: str) -> HttpResponse:
    plan = _plan(request, plan_id)
    if key not in {form.key for form in plan_forms(plan)}:
        raise Http404
    return pdf(plan_pdf(plan, key), f"SKP-{plan.year}-{plan.employee.nip or plan.pk}-{key}")


@page("GET")
def notebook_print(request: PersonRequest, employee_id: UUID) -> HttpResponse:
    """The buku catatan of a year, the running one unless another is asked for."""
    person = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    text = request.GET.get("tahun", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else clock.today().year  # noqa: PLR2004
    content = notebook_pdf(request.employee, person, year)
    if content is None:
        raise Http404
    return pdf(content, f"buku-catatan-{year}-{person.nip or person.pk}")


@page("GET", "POST")
def print_office(request: PersonRequest) -> HttpResponse:
    """One form of every case of a period, in the background."""
    me = request.employee
    check_can_print_office(me, me.agency)
    periods = list(periods_of(me.agency_id))
    chosen = {"periode": request.GET.get("periode", "")} | request.POST.dict()
    problems: list[Problem] = []
    if request.method == "POST":
        wanted = identifiers([chosen.get("periode", "")])
        period = next((period for period in periods if period.pk in wanted), None)
        try:
            job = ask_for_print(actor=me, period=period, what=chosen.get("formulir", ""), form=chosen.get("bentuk", ""))
        except DomainError as error:
            problems = sentences(error)
        else:
            return redirect("job", job.pk)
    context = {
        "periods": [(str(period.pk), period.name) for period in periods],
        "forms": CHOICES.items(),
        "formats": FORMATS.items(),
        "chosen": chosen,
        "problems": problems,
    }
    return render(request, "web/print_office.html", context, status=422 if problems else 200)


def _case(request: PersonRequest, case_id: UUID) -> Case:
    return get_object_or_404(visible_cases(request.employee).select_related(*CASE, *CASE_PLAN), pk=case_id)


def _plan(request: PersonRequest, plan_id: UUID) -> Plan:
    related = ("agency", "employee", "superior")
    return get_object_or_404(visible_plans(request.employee).select_related(*related), pk=plan_id)
