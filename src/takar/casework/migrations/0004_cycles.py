from django.db import migrations, models


class Migration(migrations.Migration):
    """A period may be a quarter or a month too."""

    dependencies = [
        ('casework', '0003_reassignment'),
    ]

    operations = [
        migrations.AddField(
            model_name='period',
            name='cycle',
            field=models.CharField(choices=[('bulanan', 'Bulanan'), ('triwulanan', 'Triwulanan'), ('tahunan', 'Tahunan')], default='tahunan', max_length=10, verbose_name='siklus'),
        ),
    ]
