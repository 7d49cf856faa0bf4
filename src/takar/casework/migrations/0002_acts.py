import django.db.models.deletion
import takar.common.ids
from django.db import migrations, models
from takar.common.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0001_initial"),
        ("files", "0001_initial"),
        ("organisation", "0002_office_calendar"),
    ]

    operations = [
        migrations.CreateModel(
            name="Act",
            fields=[
                (
                    "id",
                    models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=24, verbose_name="tindakan")),
                ("at", models.DateTimeField(verbose_name="terjadi")),
                ("recorded_at", models.DateTimeField(verbose_name="dicatat")),
                ("acting_as", models.CharField(max_length=40, verbose_name="sebagai")),
                ("text", models.TextField(blank=True, verbose_name="isi")),
                ("data", models.JSONField(default=dict, verbose_name="rincian")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.employee",
                        verbose_name="oleh",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="casework.case",
                        verbose_name="berkas",
                    ),
                ),
            ],
            options={
                "verbose_name": "tindakan sesudah penilaian",
                "ordering": ["recorded_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ActFile",
            fields=[
                (
                    "id",
                    models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=200, verbose_name="nama berkas")),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="casework.act",
                        verbose_name="tindakan",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="berkas",
                    ),
                ),
            ],
            options={
                "verbose_name": "lampiran",
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.UniqueConstraint(fields=("case", "kind"), name="act_once_in_case"),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_at__gte", models.F("at"))), name="act_recorded_after_it_happened"
            ),
        ),
        append_only("casework_act"),
        append_only("casework_actfile"),
    ]
