from django.db import migrations, models

from takar.common.triggers import append_only


class Migration(migrations.Migration):
    """A signature says in whose stead it was given; the guard is put up again in case the table is rebuilt."""

    dependencies = [("documents", "0003_successor")]

    operations = [
        migrations.AddField(
            model_name="signature",
            name="capacity",
            field=models.CharField(max_length=220, null=True, verbose_name="selaku"),
        ),
        append_only("documents_signature"),
    ]
