"""The column AK of the SKP form: target and realised angka kredit, added up for the form and in no formula."""

from fractions import Fraction

from takar.rules.scoring.pp46_2011.inputs import PARAMETERS, Plan
from takar.rules.scoring.working import Working

PLACES = 3


def credit_column(working: Working, plans: tuple[Plan, ...]) -> None:
    """Write the two sums of angka kredit as lines where any activity has one; they change no value (A.3)."""
    activities = [activity for plan in plans for activity in plan.activities if activity is not None]
    named = [(f"{number}. {activity.name}", activity) for number, activity in enumerate(activities, start=1)]
    columns = {
        "target": {name: activity.target.credit for name, activity in named},
        "realisation": {name: activity.realisation.credit for name, activity in named},
    }
    for column, credit_of in columns.items():
        given = {name: credit for name, credit in credit_of.items() if credit is not None}
        if given:
            total = sum((Fraction(credit) for credit in given.values()), Fraction())
            label = PARAMETERS.text("credit", f"label_{column}")
            formula, basis = PARAMETERS.text("credit", "formula"), PARAMETERS.basis("credit")
            working.line(f"credit.{column}", label, formula, given, total, basis=basis, places=PLACES)
