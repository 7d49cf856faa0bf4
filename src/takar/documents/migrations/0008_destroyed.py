from django.db import migrations, models

from takar.common.triggers import frozen_when

ISSUED = [
    "agency_id", "kind", "number", "year", "subject_id", "case_key", "file_id", "issued_at", "replaces_id", "key",
]  # fmt: skip


class Migration(migrations.Migration):
    """A document's content may go once, when its destruction was carried out; who, when and what stays."""

    dependencies = [("documents", "0007_signing")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="destroyed_at",
            field=models.DateTimeField(null=True, verbose_name="dimusnahkan"),
        ),
        frozen_when("documents_document", "OLD.id IS NOT NULL", ISSUED, name="issued"),
        frozen_when("documents_document", "OLD.destroyed_at IS NULL", ["data"], name="content"),
        frozen_when("documents_document", "OLD.destroyed_at IS NOT NULL", ["destroyed_at"], name="destroyed"),
    ]
