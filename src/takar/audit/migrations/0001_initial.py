import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('origin', models.CharField(max_length=80, verbose_name='asal')),
                ('size', models.PositiveBigIntegerField(unique=True, verbose_name='jumlah peristiwa')),
                ('root', models.CharField(max_length=64, verbose_name='akar')),
                ('frontier', models.JSONField(verbose_name='tepi pohon')),
                ('at', models.DateTimeField(verbose_name='waktu')),
                ('key_id', models.CharField(max_length=64, verbose_name='sidik kunci')),
                ('signature', models.CharField(max_length=128, verbose_name='tanda tangan')),
                ('previous', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next', to='audit.checkpoint', verbose_name='titik periksa sebelumnya')),
            ],
            options={
                'verbose_name': 'titik periksa',
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('stream', models.CharField(max_length=120, verbose_name='rangkaian')),
                ('seq', models.PositiveIntegerField(verbose_name='nomor urut')),
                ('at', models.DateTimeField(verbose_name='waktu')),
                ('actor_id', models.CharField(blank=True, max_length=60, verbose_name='kode pelaku')),
                ('actor_name', models.CharField(max_length=200, verbose_name='nama pelaku')),
                ('acting_as', models.CharField(max_length=60, verbose_name='bertindak sebagai')),
                ('verb', models.CharField(max_length=80, verbose_name='perbuatan')),
                ('subject', models.TextField(blank=True, verbose_name='perihal')),
                ('before', models.JSONField(null=True, verbose_name='sebelum')),
                ('after', models.JSONField(null=True, verbose_name='sesudah')),
                ('reason', models.TextField(blank=True, verbose_name='alasan')),
                ('channel', models.CharField(choices=[('web', 'aplikasi'), ('cli', 'baris perintah'), ('system', 'sistem')], max_length=10, verbose_name='melalui')),
                ('address', models.CharField(blank=True, max_length=64, verbose_name='alamat')),
                ('request_id', models.CharField(blank=True, max_length=64, verbose_name='kode permintaan')),
                ('previous', models.CharField(max_length=64, verbose_name='sidik peristiwa sebelumnya')),
                ('hash', models.CharField(max_length=64, verbose_name='sidik')),
            ],
            options={
                'verbose_name': 'peristiwa',
                'indexes': [models.Index(fields=['at', 'id'], name='event_by_time')],
                'constraints': [models.UniqueConstraint(fields=('stream', 'seq'), name='event_once_in_stream')],
            },
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('index', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='nomor daun')),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='leaf', to='audit.event', verbose_name='peristiwa')),
            ],
            options={
                'verbose_name': 'daun',
            },
        ),
    ]
