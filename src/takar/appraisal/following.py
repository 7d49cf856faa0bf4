"""Which version of the plan a case follows: while its form is being collected, the newest agreed one.

Once the form is sent the case stays with the version that it was sent under; when it comes back to be collected again,
it takes the newest one. What was already filled in stays: on its row where the row is still there, else as a line without
target.
"""

from takar.appraisal import forms
from takar.appraisal.enums import FormState, Stage
from takar.appraisal.models import Appraisal, Form, FormLine, Plan
from takar.appraisal.plan_queries import SAME_PART, in_force
from takar.appraisal.regimes import REGIMES
from takar.audit.actions import record
from takar.audit.types import By

FIGURES = ("quantity", "time", "cost", "credit", "figure")


def follow(plan: Plan, *, by: By) -> None:
    """Bring the newly agreed plan to every appraisal that still collects under an older version, or waits for a plan."""
    same = {f"plan__{name}": getattr(plan, name) for name in SAME_PART}
    forms.attach_plans({plan.employee_id: plan}, plan.year, plan.method)
    for appraisal in Appraisal.objects.filter(**same).exclude(plan=plan).order_by("pk"):
        _take(appraisal, plan, by)


def take_newest(appraisal: Appraisal, *, by: By) -> None:
    """The same for one appraisal whose form is open again."""
    old = appraisal.plan
    if old is None:
        return
    newest = in_force(Plan.objects.filter(**{name: getattr(old, name) for name in SAME_PART})).first()
    if newest is not None and newest != old:
        _take(appraisal, newest, by)


def _take(appraisal: Appraisal, plan: Plan, by: By) -> None:
    form = appraisal.forms.filter(stage=Stage.COLLECTED, state=FormState.DRAFT).first()
    if form is None:
        return
    old = appraisal.plan
    appraisal.plan = plan
    appraisal.save(update_fields=["plan"])
    _rewrite(form, plan)
    record(
        stream=f"case:{appraisal.pk}",
        verb="plan.replaced",
        by=by,
        subject=f"plan:{plan.pk}",
        before={"version": old.version if old else None},
        after={"version": plan.version, "agreed_on": plan.agreed_on},
        reason=plan.reason,
    )


def _rewrite(form: Form, plan: Plan) -> None:
    """A line for each row of the plan with what was filled in for it, then everything else that was filled in."""
    kept = list(form.lines.select_related("activity", "indicator").order_by("number"))
    by_key = {target.key: line for line in kept if (target := line.activity or line.indicator)}
    lines = []
    regime = REGIMES[plan.method]
    for item in regime.items([plan])[plan.pk]:
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
