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
            name='Job',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60, verbose_name='pekerjaan')),
                ('params', models.JSONField(default=dict, verbose_name='rincian')),
                ('state', models.CharField(choices=[('queued', 'Menunggu giliran'), ('running', 'Sedang berjalan'), ('done', 'Selesai'), ('failed', 'Gagal'), ('cancelled', 'Dibatalkan')], default='queued', max_length=10, verbose_name='status')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='selesai')),
                ('total', models.PositiveIntegerField(null=True, verbose_name='seluruhnya')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='percobaan')),
                ('created_at', models.DateTimeField(verbose_name='diminta')),
                ('begun_at', models.DateTimeField(null=True, verbose_name='dimulai')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='berakhir')),
                ('token', models.CharField(blank=True, max_length=32, verbose_name='pemegang')),
                ('lease_until', models.DateTimeField(null=True, verbose_name='dipegang sampai')),
                ('message', models.TextField(blank=True, verbose_name='keterangan')),
                ('file_name', models.CharField(blank=True, max_length=200, verbose_name='nama hasil')),
                ('task', models.UUIDField(null=True, verbose_name='nomor antrean')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='oleh')),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='hasil')),
            ],
            options={
                'verbose_name': 'pekerjaan',
                'ordering': ['-created_at', '-id'],
                'indexes': [models.Index(fields=['actor', '-created_at'], name='job_of_person'), models.Index(fields=['agency', '-created_at'], name='job_of_agency'), models.Index(condition=models.Q(('state__in', ('queued', 'running'))), fields=['kind', 'state'], name='job_unfinished'), models.Index(fields=['task'], name='job_by_task')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ('queued', 'running'))), models.Q(('ended_at__isnull', False), models.Q(('state__in', ('queued', 'running')), _negated=True)), _connector='OR'), name='job_ended_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'running'), models.Q(('token', ''), _negated=True)), models.Q(('lease_until__isnull', True), ('token', ''), models.Q(('state', 'running'), _negated=True)), _connector='OR'), name='job_running_is_held')],
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('kind', models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name='pekerjaan')),
                ('every_minutes', models.PositiveSmallIntegerField(null=True, verbose_name='setiap (menit)')),
                ('daily_at', models.TimeField(null=True, verbose_name='setiap hari pukul')),
                ('next_at', models.DateTimeField(verbose_name='berikutnya')),
                ('last_at', models.DateTimeField(null=True, verbose_name='terakhir')),
            ],
            options={
                'verbose_name': 'jadwal',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('daily_at__isnull', True), ('every_minutes__gt', 0)), models.Q(('daily_at__isnull', False), ('every_minutes__isnull', True)), _connector='OR'), name='schedule_is_one_of_two', violation_error_message='Jadwal berulang setiap sekian menit, atau setiap hari pada satu jam.')],
            },
        ),
        migrations.CreateModel(
            name='JobLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, verbose_name='butir')),
                ('label', models.CharField(max_length=300, verbose_name='nama')),
                ('done', models.BooleanField(verbose_name='berhasil')),
                ('message', models.TextField(verbose_name='keterangan')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='jobs.job', verbose_name='pekerjaan')),
            ],
            options={
                'verbose_name': 'hasil per butir',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('job', 'key'), name='jobline_once')],
            },
        ),
    ]
