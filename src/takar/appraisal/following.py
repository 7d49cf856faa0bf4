"""Which version of the plan a case follows: while its form is being collected, the newest agreed one.

Once the form is sent the case stays with the version that it was sent under; when it comes back to be collected again,
it takes the newest one. What was already filled in stays: on its row where the row is still there, else as a line without
target. After a mutasi the same holds for the plan of each part, and a part that is agreed meanwhile is added.
"""

from django.db.models import Q

from takar.appraisal import forms
from takar.appraisal.enums import FormState, Regulation, Stage
from takar.appraisal.models import Appraisal, EarlierPlan, Form, FormLine, Plan
from takar.appraisal.plan_queries import SAME_PART, in_force
from takar.appraisal.regimes import regime_of
from takar.audit.actions import record
from takar.audit.types import By

FIGURES = ("quantity", "time", "cost", "credit", "figure")


def follow(plan: Plan, *, by: By) -> None:
    """Bring the newly agreed plan to every appraisal that still collects under an older one, or waits for a plan."""
    forms.attach_plans({plan.employee_id: plan}, plan.year, plan.method)
    same = {name: getattr(plan, name) for name in SAME_PART}
    last = Q(**{f"plan__{name}": value for name, value in same.items()})
    earlier = Q(**{f"earlier_plans__plan__{name}": value for name, value in same.items()})
    before = Q(**{f"plan__{name}": value for name, value in (same | {"part": plan.part - 1}).items()})
    found = Appraisal.objects.filter(last | earlier | before).exclude(Q(plan=plan) | Q(earlier_plans__plan=plan))
    for appraisal in found.distinct().order_by("pk"):
        _take(appraisal, plan, by)


def take_newest(appraisal: Appraisal, *, by: By) -> None:
    """The same for one appraisal whose form is open again."""
    for old in appraisal.plans:
        newest = in_force(Plan.objects.filter(**{name: getattr(old, name) for name in SAME_PART})).first()
        if newest is not None and newest != old:
            _take(appraisal, newest, by)


def _take(appraisal: Appraisal, plan: Plan, by: By) -> None:
    form = appraisal.forms.filter(stage=Stage.COLLECTED, state=FormState.DRAFT).first()
    if form is None:
        return
    old = next((mine for mine in appraisal.plans if mine.part == plan.part), None)
    _replace(appraisal, plan)
    form.appraisal = appraisal
    _rewrite(form)
    record(
        stream=f"case:{appraisal.pk}",
        verb="plan.replaced",
        by=by,
        subject=f"plan:{plan.pk}",
        before={"version": old.version if old else None},
        after={"part": plan.part, "version": plan.version, "agreed_on": plan.agreed_on},
        reason=plan.reason,
    )


def _replace(appraisal: Appraisal, plan: Plan) -> None:
    """In the place of the part's older version; a later part moves the one before it among the earlier ones."""
    last = appraisal.plan
    if last is not None and plan.part < last.part:
        appraisal.earlier_plans.filter(part=plan.part).update(plan=plan)
        return
    if last is not None and plan.part > last.part and appraisal.method == Regulation.PP46:
        EarlierPlan.objects.create(appraisal=appraisal, plan=last, part=last.part)
    appraisal.plan = plan
    appraisal.save(update_fields=["plan"])


def _rewrite(form: Form) -> None:
    """A line for each row of the plans with what was filled in for it, then everything else that was filled in."""
    kept = list(form.lines.select_related("activity", "indicator").order_by("number"))
    by_key = {target.key: line for line in kept if (target := line.activity or line.indicator)}
    regime = regime_of(form.appraisal)
    lines = []
    for item in regime.counted(form.appraisal.plans):
        line = by_key.pop(item.row.key, None) or FormLine(form=form)
        setattr(line, regime.link, item.row)
        line.name = item.row.name
        lines.append(line)
    rest = [line for line in kept if line not in lines and (_filled(line) or not (line.activity or line.indicator))]
    for line in rest:
        line.activity = line.indicator = None
    form.lines.all().delete()
    for number, line in enumerate((*lines, *rest), start=1):
        line.number, line.pk = number, FormLine().pk
    FormLine.objects.bulk_create((*lines, *rest))
    form.forget()


def _filled(line: FormLine) -> bool:
    return bool(line.realisation or line.note) or any(getattr(line, name) is not None for name in FIGURES)
