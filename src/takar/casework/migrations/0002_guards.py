"""What the database itself refuses to change in this room."""

from django.db import migrations

from takar.common.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]

    operations = [
        append_only("casework_act"),
        append_only("casework_actfile"),
        append_only("casework_reassignment"),
    ]
