"""What the database itself refuses to change in this room."""

from django.db import migrations

from takar.common.triggers import append_only, frozen_when, frozen_with_parent


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0001_initial")]

    operations = [
        append_only("appraisal_behaviournote"),
        append_only("appraisal_achievement"),
        append_only("appraisal_decision"),
        frozen_when("appraisal_appraisal", "OLD.approved_at IS NOT NULL", ["employee_id", "plan_id", "year", "start", "end", "cycle", "method", "leadership", "study", "led_unit_id", "draft", "inputs", "result", "skp_value", "behaviour_value", "final_value", "work_rating", "behaviour_rating", "category", "approved_at", "approved_by_id"]),
        frozen_when("appraisal_evidence", "OLD.id IS NOT NULL", ["appraisal_id", "activity_id", "indicator_id", "file_id", "name"]),
        append_only("appraisal_planmove"),
        append_only("appraisal_creditopening"),
        frozen_when("appraisal_plan", "OLD.\"state\" = 'disepakati'", ["agency_id", "employee_id", "year", "method", "approach", "part", "version", "start", "end", "post", "unit", "superior_id", "state", "reason", "agreed_on", "on_paper", "typed"], name="agreed"),
        frozen_when("appraisal_plan", "OLD.\"ended_on\" IS NOT NULL", ["ended_on"], name="ended"),
        frozen_with_parent("appraisal_activity", "appraisal_plan", "plan_id", "parent.\"state\" = 'disepakati'"),
        frozen_with_parent("appraisal_work", "appraisal_plan", "plan_id", "parent.\"state\" = 'disepakati'"),
        frozen_with_parent("appraisal_indicator", "appraisal_work", "work_id", "(SELECT plan.\"state\" FROM \"appraisal_plan\" AS plan WHERE plan.\"id\" = parent.\"plan_id\") = 'disepakati'"),
        frozen_with_parent("appraisal_expectation", "appraisal_plan", "plan_id", "parent.\"state\" = 'disepakati'"),
        frozen_with_parent("appraisal_appendix", "appraisal_plan", "plan_id", "parent.\"state\" = 'disepakati'"),
        frozen_with_parent("appraisal_earlierplan", "appraisal_appraisal", "appraisal_id", "parent.\"approved_at\" IS NOT NULL"),
        frozen_when("appraisal_progress", "OLD.\"id\" IS NOT NULL", ["agency_id", "plan_id", "activity_id", "indicator_id", "on", "text", "figure", "cost", "recorded_by_id", "recorded_at"]),
        append_only("appraisal_progressfile"),
        append_only("appraisal_feedback"),
        append_only("appraisal_invitation"),
    ]
