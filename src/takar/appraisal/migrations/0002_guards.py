from django.db import migrations

from takar.common.triggers import frozen_when

RESULT = [
    "employee_id", "plan_id", "year", "start", "end", "method", "leadership", "draft", "inputs", "result",
    "skp_value", "behaviour_value", "final_value", "category", "approved_at", "approved_by_id",
]  # fmt: skip


class Migration(migrations.Migration):
    """An approved result and an evidence's content are never changed, whoever asks."""

    dependencies = [("appraisal", "0001_initial")]

    operations = [
        frozen_when("appraisal_appraisal", "OLD.approved_at IS NOT NULL", RESULT),
        frozen_when("appraisal_evidence", "OLD.id IS NOT NULL", ["appraisal_id", "activity_id", "file_id", "name"]),
    ]
