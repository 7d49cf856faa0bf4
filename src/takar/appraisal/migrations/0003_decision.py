import django.db.models.deletion
import takar.common.ids
from django.db import migrations, models
from takar.common.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0002_guards"),
        ("organisation", "0002_office_calendar"),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("draft", models.JSONField(verbose_name="penilaian yang diputuskan")),
                ("inputs", models.JSONField(verbose_name="masukan perhitungan")),
                ("result", models.JSONField(verbose_name="hasil dengan perhitungannya")),
                ("skp_value", models.DecimalField(decimal_places=2, max_digits=9, verbose_name="nilai SKP")),
                ("behaviour_value", models.DecimalField(decimal_places=2, max_digits=9, verbose_name="nilai perilaku")),
                (
                    "final_value",
                    models.DecimalField(decimal_places=2, max_digits=9, verbose_name="nilai prestasi kerja"),
                ),
                ("category", models.CharField(max_length=20, verbose_name="sebutan")),
                ("reasons", models.TextField(verbose_name="alasan")),
                ("decided_at", models.DateTimeField(verbose_name="diputuskan")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.agency",
                        verbose_name="instansi",
                    ),
                ),
                (
                    "appraisal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="appraisal.appraisal",
                        verbose_name="penilaian",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.employee",
                        verbose_name="diputuskan atau dicatat oleh",
                    ),
                ),
            ],
            options={
                "verbose_name": "keputusan atas keberatan",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reasons", ""), _negated=True),
                        name="decision_has_reasons",
                        violation_error_message="Keputusan yang mengubah nilai harus memuat alasannya.",
                    )
                ],
            },
        ),
        append_only("appraisal_decision"),
    ]
