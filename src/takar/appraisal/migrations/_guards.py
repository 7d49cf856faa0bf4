"""What the database refuses of plans; a migration that rebuilds one of these tables ends with the operations again."""

from takar.common.triggers import frozen_when, frozen_with_parent

AGREED = [
    "agency_id", "employee_id", "year", "method", "approach", "part", "version", "start", "end", "post", "unit",
    "superior_id", "state", "reason", "agreed_on", "on_paper", "typed",
]  # fmt: skip
PLAN = "parent.\"state\" = 'disepakati'"
WORK = "(SELECT plan.\"state\" FROM \"appraisal_plan\" AS plan WHERE plan.\"id\" = parent.\"plan_id\") = 'disepakati'"

PLAN_GUARDS = [
    frozen_when("appraisal_plan", "OLD.\"state\" = 'disepakati'", AGREED, name="agreed"),
    frozen_when("appraisal_plan", 'OLD."ended_on" IS NOT NULL', ["ended_on"], name="ended"),
    frozen_with_parent("appraisal_activity", "appraisal_plan", "plan_id", PLAN),
    frozen_with_parent("appraisal_work", "appraisal_plan", "plan_id", PLAN),
    frozen_with_parent("appraisal_indicator", "appraisal_work", "work_id", WORK),
    frozen_with_parent("appraisal_expectation", "appraisal_plan", "plan_id", PLAN),
    frozen_with_parent("appraisal_appendix", "appraisal_plan", "plan_id", PLAN),
]
