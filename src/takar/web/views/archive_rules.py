"""Klasifikasi dan JRA: the codes, and how long what bears them stays."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from takar.archive.models import RetentionRule
from takar.archive.policies import reads_archive
from takar.archive.queries import codes_of
from takar.archive.retention import RuleData, add_classification, set_retention
from takar.common.errors import Problem
from takar.organisation.policies import can_manage_office
from takar.rules.retention import Fate
from takar.web.http import PersonRequest, as_typed, page, performed, years_of

FIELDS = ("kode", "uraian", "dasar-kode", "aktif", "inaktif", "keterangan", "dasar", "sampai-pensiun")


@page("GET", "POST")
def retention(request: PersonRequest) -> HttpResponse:
    """Each code with its line of the schedule; the Kasubbag fills it from the regency's regulation."""
    me, typed = request.employee, request.POST
    manages = can_manage_office(me, me.agency)
    if not (reads_archive(me) or manages):
        raise Http404
    problems: list[Problem] | None = []
    if request.method == "POST":
        acts = {
            "kode": lambda: _added(request),
            "jra": lambda: f"Retensi {set_retention(actor=me, agency=me.agency, data=_rule(request)).code} disimpan.",
        }
        problems = performed(request, acts)
        if problems is None:
            return redirect("retention")
    rules = {rule.code: rule for rule in RetentionRule.objects.filter(agency=me.agency).order_by("code")}
    codes = codes_of(me.agency_id)
    context = {
        "rows": [(code, rules.get(code.code)) for code in codes],
        "codes": codes,
        "fates": [(fate.value, fate.label) for fate in Fate],
        "manages": manages,
        "problems": problems,
        "typed": as_typed(request, *FIELDS),
        "until": request.method == "GET" or bool(typed.get("sampai-pensiun")),
    }
    return render(request, "web/archive/retention.html", context, status=422 if problems else 200)


def _added(request: PersonRequest) -> str:
    me, typed = request.employee, request.POST
    added = add_classification(
        actor=me,
        agency=me.agency,
        code=typed.get("kode", ""),
        title=typed.get("uraian", ""),
        source=typed.get("dasar-kode", ""),
    )
    return f"Kode {added.code} ditambahkan."


def _rule(request: PersonRequest) -> RuleData:
    typed = request.POST
    return RuleData(
        code=typed.get("kode", "").strip(),
        active_years=years_of(typed.get("aktif", "")),
        inactive_years=years_of(typed.get("inaktif", "")),
        fate=typed.get("keterangan", ""),
        source=typed.get("dasar", ""),
        until_retirement=bool(typed.get("sampai-pensiun")),
    )
