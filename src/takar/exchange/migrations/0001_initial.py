import django.db.models.deletion
import takar.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('pegawai', 'Daftar pegawai dan peran'), ('target', 'Target SKP (PP 46/2011)'), ('skp6', 'SKP (PermenPANRB 6/2022)')], max_length=10, verbose_name='jenis')),
                ('name', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('uploaded_at', models.DateTimeField(verbose_name='diunggah')),
                ('state', models.CharField(choices=[('menunggu', 'Menunggu keputusan'), ('diterapkan', 'Sudah dimasukkan')], default='menunggu', max_length=10, verbose_name='keadaan')),
                ('applied_at', models.DateTimeField(null=True, verbose_name='dimasukkan')),
                ('summary', models.CharField(blank=True, max_length=200, verbose_name='hasil')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='berkas')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='diunggah oleh')),
            ],
            options={
                'verbose_name': 'impor',
                'ordering': ['-uploaded_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('applied_at__isnull', True), ('state', 'menunggu')), models.Q(('applied_at__isnull', False), ('state', 'diterapkan')), _connector='OR'), name='import_applied_with_time')],
            },
        ),
    ]
