import django.db.models.deletion
from django.db import migrations, models

from takar.common.triggers import append_only, frozen_when

ISSUED = [
    "agency_id", "kind", "number", "year", "subject_id", "case_key", "data", "file_id", "issued_at", "replaces_id",
]  # fmt: skip


class Migration(migrations.Migration):
    """A document may take the place of another; the tables are rebuilt on SQLite, so their guards are put up again."""

    dependencies = [
        ("documents", "0002_guards"),
        ("files", "0001_initial"),
        ("organisation", "0002_office_calendar"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="document",
            name="document_once_in_case",
        ),
        migrations.AddField(
            model_name="document",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successor",
                to="documents.document",
                verbose_name="menggantikan",
            ),
        ),
        migrations.AlterField(
            model_name="signature",
            name="signed_as",
            field=models.CharField(
                choices=[
                    ("penilai", "Pejabat penilai"),
                    ("pegawai", "Pegawai yang dinilai"),
                    ("atasan", "Atasan pejabat penilai"),
                ],
                max_length=12,
                verbose_name="sebagai",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaces__isnull", True)),
                fields=("case_key", "kind"),
                name="document_once_in_case",
            ),
        ),
        frozen_when("documents_document", "OLD.id IS NOT NULL", ISSUED, name="issued"),
        frozen_when("documents_document", "OLD.signed_file_id IS NOT NULL", ["signed_file_id"], name="signed"),
        append_only("documents_signature"),
    ]
