"""Filling in a plan (SKP): rows are added and taken away by buttons that the server answers; nothing typed is lost."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from takar.appraisal.enums import AppendixKind, Approach, Aspect, Direction, PlanMoveKind, WorkKind
from takar.appraisal.models import Plan
from takar.appraisal.plan_contents import CONTENTS
from takar.appraisal.plan_contents.works import superiors_works
from takar.appraisal.plan_policies import RULES, check_can, moves_of
from takar.appraisal.planning import save_content
from takar.common.errors import DomainError, NotAllowed, Problem
from takar.rules.scoring.parameters import load
from takar.web.http import PersonRequest, page, sentences
from takar.web.plan_forms import PLAN_FORMS
from takar.web.plan_forms.types import Tree
from takar.web.plan_forms.values import guides
from takar.web.views.skp import find


@page("GET", "POST")
def edit(request: PersonRequest, plan_id: UUID) -> HttpResponse:
    plan = find(request, plan_id)
    kinds = set(moves_of(request.employee, plan)) & {PlanMoveKind.EDIT, PlanMoveKind.CORRECT}
    if not kinds:
        check_can(request.employee, plan, PlanMoveKind.EDIT)
        raise NotAllowed(f"“{RULES[PlanMoveKind.EDIT].label}” tidak dapat dilakukan sekarang.")
    form = PLAN_FORMS[plan.method]
    if request.method == "GET":
        return _page(request, plan, plan.typed or form.tree(CONTENTS[plan.method].read(plan)), [])
    tree = form.read(request.POST)
    if (changed := form.change(tree, request.POST.get("tindakan", ""))) is not None:
        return _page(request, plan, changed, [])
    data, problems = form.data(tree)
    try:
        kept = save_content(actor=request.employee, plan_id=plan.pk, data=data, typed=tree, problems=problems)
    except DomainError as error:
        return _page(request, plan, tree, sentences(error), status=422)
    if kept.unfinished:
        first = Problem("", "Isian disimpan apa adanya, tetapi belum dapat diajukan:")
        return _page(request, plan, tree, [first, *kept.unfinished], status=422)
    messages.success(request, "SKP disimpan. Periksalah, lalu ajukan.")
    return redirect("skp_plan", plan.pk)


def _page(
    request: PersonRequest, plan: Plan, tree: Tree, problems: list[Problem], *, status: int = 200
) -> HttpResponse:
    form = PLAN_FORMS[plan.method]
    works = superiors_works([plan]).get(plan.employee_id, [])
    context: dict[str, Any] = {
        "plan": plan,
        "tree": tree,
        "problems": problems,
        "superior_works": [(str(work.key), work.name) for work in works],
        "choices": CHOICES,
        "perspectives": [row["label"] for row in load("permenpan6-2022").rows("perspectives")],
        "values": [(value, label, points, tree.get("expectations", {}).get(value, "")) for value, label, points in guides()],
        "appendices": [(kind, label, tree.get("appendices", {}).get(kind, "")) for kind, label in AppendixKind.choices],
    }  # fmt: skip
    return render(request, form.template, context, status=status)


CHOICES = {
    "approach": Approach.choices,
    "kind": WorkKind.choices,
    "aspect": Aspect.choices,
    "direction": Direction.choices,
}
