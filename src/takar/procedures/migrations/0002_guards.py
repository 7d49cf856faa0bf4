"""What the database itself refuses to change in this room."""

from django.db import migrations

from takar.common.triggers import append_only, frozen_when


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]

    operations = [
        frozen_when("procedures_procedureversion", "OLD.state = 'approved'", ["agency_id", "procedure_id", "version", "number", "created_on", "revised_on", "approved_on", "effective_on", "approved_by", "state", "content", "content_hash", "typed"]),
        append_only("procedures_steppause"),
        frozen_when("procedures_steprun", "OLD.state <> 'open'", ["agency_id", "run_id", "step", "seq", "actor", "assignee_id", "state", "opened_at", "started_at", "finished_at", "paused_at", "closed_at", "closed_by_id", "closed_as", "returned_to", "reason", "output", "standard_minutes"]),
    ]
