"""The content of a plan by the regulation it is made under: one module a regulation, found in a table."""

from takar.appraisal.enums import Regulation
from takar.appraisal.plan_contents.activities import ACTIVITIES
from takar.appraisal.plan_contents.types import Content
from takar.appraisal.plan_contents.works import WORKS

__all__ = ["CONTENTS", "Content"]

CONTENTS: dict[str, Content] = {Regulation.PP46.value: ACTIVITIES, Regulation.PERMENPAN6.value: WORKS}
