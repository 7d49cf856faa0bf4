import django.db.models.deletion
import takar.common.ids
from django.db import migrations, models


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
        migrations.CreateModel(
            name='Removal',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=200, verbose_name='dasar')),
                ('by', models.CharField(max_length=300, verbose_name='oleh')),
                ('at', models.DateTimeField(verbose_name='dimusnahkan')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='removal', to='files.storedfile', verbose_name='berkas')),
            ],
            options={
                'verbose_name': 'pemusnahan berkas',
            },
        ),
    ]
