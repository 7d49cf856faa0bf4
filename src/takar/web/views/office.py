"""Kantor: the staff, the role holders and the activation codes."""

from django.contrib import messages
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render

from takar.accounts.adapter import normal_username
from takar.common import clock
from takar.common.errors import DomainError, Problem
from takar.organisation.actions import set_role_holders
from takar.organisation.enums import Role
from takar.organisation.models import Employee, RoleHolder
from takar.organisation.policies import can_add_office, check_can_manage_office
from takar.organisation.queries import assignments_on, inactive_employees, running
from takar.resets.actions import issue_codes
from takar.web.http import PersonRequest, identifiers, page, paged

MOST_CODES = 500


@page("GET")
def office(request: PersonRequest) -> HttpResponse:
    agency = request.employee.agency
    check_can_manage_office(request.employee, agency)
    words = request.GET.get("cari", "").strip()[:100]
    rows = assignments_on(agency.pk, clock.today()).select_related("employee__user")
    compact = normal_username(words)
    for word in [compact] if compact.isdigit() else words.split():
        rows = rows.filter(
            Q(employee__name__icontains=word) | Q(employee__nip__startswith=word) | Q(unit__name__icontains=word)
        )
    context = {"agency": agency, "page": paged(request, rows), "words": words, "holders": _holders(request)}
    context["may_add"] = can_add_office(request.employee, agency)
    return render(request, "web/office.html", context)


@page("GET", "POST")
def roles(request: PersonRequest) -> HttpResponse:
    """Who holds which office; several Staf are given on several lines, one NIP each."""
    agency = request.employee.agency
    check_can_manage_office(request.employee, agency)
    problems: list[Problem] = []
    if request.method == "POST":
        holders, problems = _typed_holders(request)
        if not problems:
            given = [role.value for role in Role if role.value in request.POST]
            set_role_holders(actor=request.employee, agency=agency, holders=holders, on=clock.today(), roles=given)
            messages.success(request, "Pemegang peran disimpan.")
            return redirect("office")
    held: dict[str, list[str]] = {}
    for row in _holders(request):
        held.setdefault(row.role, []).append(row.employee.nip or row.employee.user.username)
    texts = [
        (role.value, role.label, request.POST.get(role.value, "\n".join(held.get(role.value, [])))) for role in Role
    ]
    return render(request, "web/roles.html", {"texts": texts, "problems": problems}, status=422 if problems else 200)


def _typed_holders(request: PersonRequest) -> tuple[list[tuple[str, Employee]], list[Problem]]:
    lines = [(role, line) for role in Role for line in request.POST.get(role.value, "").splitlines()]
    typed = [(role, normal_username(line)) for role, line in lines if line.strip()]
    people = Employee.objects.filter(agency=request.employee.agency, user__username__in={name for _, name in typed})
    known = {person.user.username: person for person in people.select_related("user")}
    holders = [(role.value, known[name]) for role, name in typed if name in known]
    problems = [
        Problem(role.label, f"NIP {name} tidak terdaftar di kantor ini; periksa angkanya.")
        for role, name in typed
        if name not in known
    ]
    if not any(role == Role.ADMIN for role, _ in holders):
        problems.append(Problem(Role.ADMIN.label, "Paling sedikit satu orang harus menjadi Administrator."))
    return holders, problems


@page("POST")
def activation_codes(request: PersonRequest) -> HttpResponse:
    """Codes for the ticked people, or for everybody who has never had a password; shown once, to be printed."""
    agency = request.employee.agency
    if request.POST.get("semua"):
        without_code_first = F("user__activation__expires_at").asc(nulls_first=True)
        people = inactive_employees(agency.pk).order_by(without_code_first, "name", "pk")
    else:
        chosen = Employee.objects.filter(agency=agency, pk__in=identifiers(request.POST.getlist("pilih")))
        people = chosen.select_related("user", "agency").order_by("name", "pk")
    try:
        issued = issue_codes(actor=request.employee, employees=list(people[:MOST_CODES]))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("office")
    if not issued:
        messages.info(
            request, "Tidak ada kode yang dibuat: centang dahulu pegawainya, atau semua sudah mempunyai kata sandi."
        )
        return redirect("office")
    if request.POST.get("semua") and (rest := inactive_employees(agency.pk).filter(user__activation=None).count()):
        messages.info(
            request, f"{rest} pegawai lain belum mempunyai kode; tekan tombol yang sama sekali lagi untuk mereka."
        )
    return render(
        request, "web/activation_codes.html", {"issued": issued, "address": request.build_absolute_uri("/aktivasi/")}
    )


def _holders(request: PersonRequest) -> list[RoleHolder]:
    held = RoleHolder.objects.filter(running(clock.today()), agency=request.employee.agency)
    return list(held.select_related("employee__user").order_by("role", "employee__name"))
