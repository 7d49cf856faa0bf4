"""What the database itself refuses to change in this room."""

from django.db import migrations

from takar.common.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]

    operations = [
        append_only("files_storedfile"),
        append_only("files_removal"),
    ]
