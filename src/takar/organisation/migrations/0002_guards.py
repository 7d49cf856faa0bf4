"""What the database itself refuses to change in this room."""

from django.db import migrations

from takar.common.triggers import frozen_when


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [
        frozen_when("organisation_mandate", "OLD.id IS NOT NULL", ["agency_id", "kind", "role", "principal_id", "with_roles", "post", "holder_id", "acts", "number", "decreed_on", "start", "end"], name="given"),
        frozen_when("organisation_mandate", "OLD.ended_on IS NOT NULL", ["ended_on", "ended_by_id"], name="ended"),
    ]
