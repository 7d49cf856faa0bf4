"""What the database itself refuses to change in this room."""

from django.db import migrations

from takar.common.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        append_only("audit_event"),
        append_only("audit_leaf"),
        append_only("audit_checkpoint"),
    ]
