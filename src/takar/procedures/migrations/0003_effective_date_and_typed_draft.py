from django.db import migrations, models

from takar.common.triggers import frozen_when

VERSION = [
    "agency_id", "procedure_id", "version", "number", "created_on", "revised_on", "approved_on", "effective_on",
    "approved_by", "state", "content", "content_hash", "typed",
]  # fmt: skip


class Migration(migrations.Migration):
    """When a version comes into force, and what was typed into a draft that is no SOP yet."""

    dependencies = [("procedures", "0002_closed_as")]

    operations = [
        migrations.AddField(
            model_name="procedureversion",
            name="effective_on",
            field=models.DateField(null=True, verbose_name="tanggal efektif"),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="typed",
            field=models.JSONField(null=True, verbose_name="isian yang belum lengkap"),
        ),
        frozen_when("procedures_procedureversion", "OLD.state = 'approved'", VERSION),
    ]
