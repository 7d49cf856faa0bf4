import takar.common.ids
from django.db import migrations, models

from takar.common import triggers


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(verbose_name='ukuran')),
                ('media_type', models.CharField(max_length=120, verbose_name='jenis media')),
                ('name', models.CharField(max_length=255, verbose_name='nama')),
                ('created_at', models.DateTimeField(verbose_name='disimpan pada')),
            ],
            options={
                'verbose_name': 'berkas tersimpan',
            },
        ),
        triggers.append_only('files_storedfile'),
    ]
