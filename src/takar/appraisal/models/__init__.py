"""The year's plan (SKP), the forms that report on it, and the result with its working."""

from takar.appraisal.models.credit import CreditOpening
from takar.appraisal.models.forms import Difference, Evidence, Form, FormExtra, FormLine, FormStudy
from takar.appraisal.models.notebook import BehaviourNote
from takar.appraisal.models.plans import Activity, Appendix, Expectation, Indicator, Plan, PlanMove, Work
from takar.appraisal.models.progress import Feedback, Invitation, Progress, ProgressFile
from takar.appraisal.models.results import Achievement, Appraisal, Decision, EarlierPlan

__all__ = [
    "Achievement",
    "Activity",
    "Appendix",
    "Appraisal",
    "BehaviourNote",
    "CreditOpening",
    "Decision",
    "Difference",
    "EarlierPlan",
    "Evidence",
    "Expectation",
    "Feedback",
    "Form",
    "FormExtra",
    "FormLine",
    "FormStudy",
    "Indicator",
    "Invitation",
    "Plan",
    "PlanMove",
    "Progress",
    "ProgressFile",
    "Work",
]
