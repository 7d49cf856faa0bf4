import django.db.models.deletion
import takar.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0001_initial'),
        ('files', '0001_initial'),
        ('organisation', '0001_initial'),
        ('procedures', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConformanceCheck',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('checked_at', models.DateTimeField(verbose_name='diperiksa')),
                ('cases', models.PositiveIntegerField(verbose_name='berkas')),
                ('conforming', models.PositiveIntegerField(verbose_name='sesuai')),
                ('period', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='conformance', to='casework.period', verbose_name='periode')),
            ],
            options={
                'verbose_name': 'pemeriksaan kesesuaian',
            },
        ),
        migrations.CreateModel(
            name='SopForm',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('pemantauan', 'Pemantauan SOP'), ('evaluasi', 'Evaluasi SOP')], max_length=12, verbose_name='jenis')),
                ('start', models.DateField(verbose_name='awal')),
                ('end', models.DateField(verbose_name='akhir')),
                ('rows', models.JSONField(verbose_name='isian')),
                ('remark', models.TextField(blank=True, verbose_name='catatan umum')),
                ('begun_at', models.DateTimeField(verbose_name='dimulai')),
                ('signed_as', models.CharField(blank=True, max_length=40, verbose_name='sebagai')),
                ('signed_at', models.DateTimeField(null=True, verbose_name='ditandatangani')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='dimulai oleh')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='dokumen pengendalian')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='ditandatangani oleh')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedureversion', verbose_name='versi SOP')),
            ],
            options={
                'verbose_name': 'formulir pemantauan dan evaluasi SOP',
                'ordering': ['-start', 'kind', 'id'],
                'constraints': [models.UniqueConstraint(fields=('version', 'kind', 'start'), name='sopform_once'), models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', True), ('signed_at__isnull', True), ('signed_by__isnull', True)), models.Q(('file__isnull', False), ('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='sopform_signed_has_who_when_file')],
            },
        ),
        migrations.CreateModel(
            name='CaseDeviation',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=24, verbose_name='jenis')),
                ('visit', models.PositiveSmallIntegerField(verbose_name='kunjungan')),
                ('step', models.PositiveSmallIntegerField(verbose_name='langkah')),
                ('sentence', models.TextField(verbose_name='uraian')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deviations', to='casework.case', verbose_name='berkas')),
                ('check_run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deviations', to='review.conformancecheck', verbose_name='pemeriksaan')),
            ],
            options={
                'verbose_name': 'penyimpangan',
                'ordering': ['case__name', 'case_id', 'visit', 'code', 'id'],
                'indexes': [models.Index(fields=['check_run', 'code'], name='deviation_by_code')],
            },
        ),
    ]
