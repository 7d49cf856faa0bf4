"""How a plan is typed on screen, by the regulation it is made under."""

from takar.appraisal.enums import Regulation
from takar.web.plan_forms.activities import ACTIVITIES
from takar.web.plan_forms.types import PlanForm
from takar.web.plan_forms.works import WORKS

__all__ = ["PLAN_FORMS", "PlanForm"]

PLAN_FORMS: dict[str, PlanForm] = {Regulation.PP46.value: ACTIVITIES, Regulation.PERMENPAN6.value: WORKS}
