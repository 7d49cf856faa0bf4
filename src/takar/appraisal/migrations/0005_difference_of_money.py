from django.db import migrations, models


class Migration(migrations.Migration):
    """A difference holds any figure of a form: thirteen digits before the comma, as money has, and four behind it."""

    dependencies = [("appraisal", "0004_behaviour_notes")]

    operations = [
        migrations.AlterField(
            "difference",
            "accepted",
            models.DecimalField(decimal_places=4, max_digits=17, null=True, verbose_name="diterima"),
        ),
        migrations.AlterField(
            "difference",
            "entered",
            models.DecimalField(decimal_places=4, max_digits=17, null=True, verbose_name="diinput"),
        ),
    ]
