"""Akun pegawai: whether somebody can sign in, and the end of it when the person has left."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.common.errors import DomainError, Problem
from takar.organisation.closing import check_can_close, set_account_open
from takar.organisation.models import Employee
from takar.resets.queries import needs_second
from takar.web.http import PersonRequest, page, sentences


@page("GET", "POST")
def office_account(request: PersonRequest, employee_id: UUID) -> HttpResponse:
    people = Employee.objects.select_related("user", "agency")
    person = get_object_or_404(people, pk=employee_id, agency=request.employee.agency)
    check_can_close(request.employee, person)
    problems: list[Problem] = []
    typed = request.POST
    if request.method == "POST":
        try:
            opened = typed.get("tindakan") == "buka"
            set_account_open(actor=request.employee, person=person, is_open=opened, reason=typed.get("alasan", ""))
        except DomainError as error:
            problems = sentences(error)
        else:
            told = "dibuka kembali" if opened else "ditutup; semua sesinya diakhiri"
            messages.success(request, f"Akun {person.full_name} {told}.")
            return redirect("office")
    context = {"person": person, "problems": problems, "reason": typed.get("alasan", "")}
    context["by_two"] = person.user.has_usable_password() and needs_second(request.employee.agency)
    return render(request, "web/office_account.html", context, status=422 if problems else 200)
