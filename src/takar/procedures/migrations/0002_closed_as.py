from django.db import migrations, models

from takar.common.triggers import frozen_when

STEP = [
    "agency_id", "run_id", "step", "seq", "actor", "assignee_id", "state", "opened_at", "started_at", "closed_at",
    "closed_by_id", "closed_as", "returned_to", "reason", "output", "standard_minutes",
]  # fmt: skip


GUARD = frozen_when("procedures_steprun", "OLD.state <> 'open'", STEP)


class Migration(migrations.Migration):
    """Room for how somebody acted for another.

    The guard is lifted meanwhile: PostgreSQL alters no column that a trigger reads, and SQLite rebuilds the table without.
    """

    dependencies = [("procedures", "0001_initial")]

    operations = [
        GUARD.lifted(),
        migrations.AlterField(
            model_name="steprun",
            name="closed_as",
            field=models.CharField(blank=True, max_length=80, verbose_name="ditutup sebagai"),
        ),
        GUARD,
    ]
