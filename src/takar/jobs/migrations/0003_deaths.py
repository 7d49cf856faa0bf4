from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0002_attempts_that_got_on'),
    ]

    operations = [
        migrations.AddField(
            model_name='job',
            name='deaths',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name='percobaan yang prosesnya mati'),
        ),
    ]
