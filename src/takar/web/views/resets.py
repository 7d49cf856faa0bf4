"""Reset kata sandi: whether two people are needed, and the requests that wait for the second."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.common import clock
from takar.common.errors import DomainError, InvalidInput, Problem
from takar.organisation.enums import Role
from takar.organisation.models import Employee
from takar.organisation.policies import can_manage_office, roles_here
from takar.resets.actions import VALID, ask_reset, confirm_reset, refuse_reset, set_rule
from takar.resets.policies import check_can_set_rule
from takar.resets.queries import needs_second, requests_in
from takar.web.http import NO_ACT, PersonRequest, identifiers, page, paged, sentences


@page("GET", "POST")
def resets(request: PersonRequest) -> HttpResponse:
    me, agency = request.employee, request.employee.agency
    check_can_set_rule(me, agency)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            return _done(request)
        except DomainError as error:
            problems = sentences(error)
    shown, oldest = paged(request, requests_in(agency)), clock.now() - VALID
    context = {
        "page": shown,
        "rows": [(row, _state(row.granted, late=row.asked_at <= oldest), row.asked_by_id == me.pk) for row in shown],
        "by_two": needs_second(agency),
        "may_lift": Role.KEPALA in roles_here(me, agency),
        "keeps": can_manage_office(me, agency),
        "problems": problems,
    }
    return render(request, "web/resets.html", context, status=422 if problems else 200)


def _state(granted: bool | None, *, late: bool) -> str:
    if granted is None:
        return "lewat tujuh hari" if late else ""
    return "disetujui" if granted else "ditolak"


def _done(request: PersonRequest) -> HttpResponse:
    me, typed = request.employee, request.POST
    act = typed.get("tindakan", "")
    if act in {"berdua", "sendiri"}:
        set_rule(actor=me, agency=me.agency, second_person=act == "berdua")
        messages.success(request, "Aturan reset kata sandi disimpan.")
    elif act == "minta":
        people = Employee.objects.select_related("user", "agency").filter(agency=me.agency)
        person = get_object_or_404(people, pk__in=identifiers([typed.get("pegawai", "")]))
        ask_reset(actor=me, person=person, reason=typed.get("alasan", ""))
        messages.success(request, f"Kode untuk {person.full_name} diminta; menunggu orang kedua.")
    elif act == "tolak":
        refuse_reset(actor=me, request_id=_chosen(request))
        messages.success(request, "Permintaan ditolak; tidak ada kode yang dibuat.")
    elif act == "setujui":
        issued = [confirm_reset(actor=me, request_id=_chosen(request))]
        address = request.build_absolute_uri("/aktivasi/")
        return render(request, "web/activation_codes.html", {"issued": issued, "address": address})
    else:
        raise InvalidInput(NO_ACT)
    return redirect("resets")


def _chosen(request: PersonRequest) -> UUID:
    found = identifiers([request.POST.get("permintaan", "")])
    if not found:
        raise InvalidInput(NO_ACT)
    return found[0]
