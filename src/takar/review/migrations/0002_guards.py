"""What the database itself refuses to change in this room."""

from django.db import migrations

from takar.common.triggers import frozen_when


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial")]

    operations = [
        frozen_when("review_sopform", "OLD.signed_at IS NOT NULL", ["agency_id", "version_id", "kind", "start", "end", "rows", "remark", "begun_by_id", "begun_at", "signed_by_id", "signed_as", "signed_at", "file_id"]),
    ]
