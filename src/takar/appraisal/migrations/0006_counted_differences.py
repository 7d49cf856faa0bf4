from django.db import migrations, models


class Migration(migrations.Migration):
    """A difference may also be one of the number of unsur penunjang."""

    dependencies = [("appraisal", "0005_difference_of_money")]

    operations = [
        migrations.AlterField(
            "difference",
            "figure",
            models.CharField(
                choices=[
                    ("quantity", "Kuantitas"),
                    ("time", "Waktu"),
                    ("cost", "Biaya"),
                    ("credit", "Angka kredit"),
                    ("tambahan", "Jumlah tugas tambahan"),
                    ("unit", "Jumlah kreativitas bagi unit kerja"),
                    ("organisasi", "Jumlah kreativitas bagi organisasi"),
                    ("negara", "Jumlah kreativitas bagi negara"),
                ],
                max_length=10,
                verbose_name="angka",
            ),
        ),
    ]
