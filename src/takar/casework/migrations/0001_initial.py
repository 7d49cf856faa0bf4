import django.db.models.deletion
import takar.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('appraisal', '0001_initial'),
        ('documents', '0001_initial'),
        ('files', '0001_initial'),
        ('organisation', '0001_initial'),
        ('procedures', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Period',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20, verbose_name='kode')),
                ('name', models.CharField(max_length=120, verbose_name='nama periode')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('start', models.DateField(verbose_name='awal')),
                ('end', models.DateField(verbose_name='akhir')),
                ('cycle', models.CharField(choices=[('bulanan', 'Bulanan'), ('triwulanan', 'Triwulanan'), ('tahunan', 'Tahunan')], default='tahunan', max_length=10, verbose_name='siklus')),
                ('method', models.CharField(max_length=40, verbose_name='cara penilaian')),
                ('opened_at', models.DateTimeField(verbose_name='dibuka')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='organisation.agency', verbose_name='instansi')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='dibuka oleh')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedureversion', verbose_name='versi SOP')),
            ],
            options={
                'verbose_name': 'periode',
                'ordering': ['-start', 'code'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'code'), name='period_code_once'), models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='period_ends_after_start', violation_error_message='Akhir periode harus sesudah awalnya.')],
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=60, verbose_name='nomor berkas')),
                ('name', models.CharField(max_length=300, verbose_name='nama')),
                ('nip', models.CharField(blank=True, max_length=18, verbose_name='NIP')),
                ('post', models.CharField(max_length=200, verbose_name='jabatan')),
                ('unit', models.CharField(max_length=200, verbose_name='unit kerja')),
                ('snapshot', models.JSONField(verbose_name='keadaan saat dibuka')),
                ('step', models.PositiveSmallIntegerField(verbose_name='langkah')),
                ('actor', models.CharField(blank=True, max_length=40, verbose_name='pelaksana')),
                ('since', models.DateTimeField(verbose_name='sejak')),
                ('due_at', models.DateTimeField(null=True, verbose_name='jatuh tempo')),
                ('risk_at', models.DateTimeField(null=True, verbose_name='hampir jatuh tempo sejak')),
                ('returned', models.BooleanField(default=False, verbose_name='dikembalikan')),
                ('terms_next', models.DateField(null=True, verbose_name='tenggat dihitung lagi pada')),
                ('terms_calendar', models.PositiveIntegerField(default=0, verbose_name='tenggat dihitung dengan kalender ke')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('appraisal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='case', to='appraisal.appraisal', verbose_name='penilaian')),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='pejabat penilai')),
                ('assessor_superior', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='atasan pejabat penilai')),
                ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='pemegang')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='organisation.employee', verbose_name='pegawai')),
                ('open_step', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case', to='procedures.steprun', verbose_name='langkah berjalan')),
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='case', to='procedures.run', verbose_name='pelaksanaan SOP')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='casework.period', verbose_name='periode')),
            ],
            options={
                'verbose_name': 'berkas',
                'indexes': [models.Index(fields=['period', 'name', 'id'], name='case_list'), models.Index(fields=['period', 'step', 'name', 'id'], name='case_list_by_step'), models.Index(condition=models.Q(('step__gt', 0)), fields=['agency', 'actor', 'since', 'name', 'id'], name='case_by_office'), models.Index(condition=models.Q(('step__gt', 0)), fields=['assignee', 'since', 'name', 'id'], name='case_by_assignee'), models.Index(condition=models.Q(('step__gt', 0)), fields=['agency', 'due_at'], name='case_by_due'), models.Index(condition=models.Q(('terms_next__isnull', False)), fields=['agency', 'terms_next'], name='case_by_terms')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'code'), name='case_code_once'), models.UniqueConstraint(fields=('period', 'employee'), name='case_once_in_period'), models.CheckConstraint(condition=models.Q(models.Q(('actor', ''), ('open_step__isnull', True), ('step', 0)), models.Q(('open_step__isnull', False), ('step__gt', 0)), _connector='OR'), name='case_open_step_agrees')],
            },
        ),
        migrations.CreateModel(
            name='Exemption',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=300, verbose_name='nama')),
                ('reason', models.CharField(max_length=200, verbose_name='alasan')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='pegawai')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to='casework.period', verbose_name='periode')),
            ],
            options={
                'verbose_name': 'pengecualian',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('period', 'employee'), name='exempted_once')],
            },
        ),
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=24, verbose_name='tindakan')),
                ('at', models.DateTimeField(verbose_name='terjadi')),
                ('recorded_at', models.DateTimeField(verbose_name='dicatat')),
                ('acting_as', models.CharField(max_length=40, verbose_name='sebagai')),
                ('text', models.TextField(blank=True, verbose_name='isi')),
                ('data', models.JSONField(default=dict, verbose_name='rincian')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='oleh')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='casework.case', verbose_name='berkas')),
            ],
            options={
                'verbose_name': 'tindakan sesudah penilaian',
                'ordering': ['recorded_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('case', 'kind'), name='act_once_in_case'), models.CheckConstraint(condition=models.Q(('recorded_at__gte', models.F('at'))), name='act_recorded_after_it_happened')],
            },
        ),
        migrations.CreateModel(
            name='CaseDocument',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('step', models.PositiveSmallIntegerField(verbose_name='langkah')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='casework.case', verbose_name='berkas')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='case_link', to='documents.document', verbose_name='dokumen')),
            ],
            options={
                'verbose_name': 'dokumen berkas',
            },
        ),
        migrations.CreateModel(
            name='Reassignment',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('happened', models.CharField(max_length=24, verbose_name='yang terjadi')),
                ('on', models.DateField(verbose_name='tanggal')),
                ('rule', models.CharField(max_length=600, verbose_name='aturan')),
                ('reason', models.TextField(verbose_name='alasan')),
                ('before', models.JSONField(verbose_name='keadaan sebelumnya')),
                ('after', models.JSONField(verbose_name='keadaan sesudahnya')),
                ('recorded_at', models.DateTimeField(verbose_name='dicatat')),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='penilai sesudahnya')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='oleh')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reassignments', to='casework.case', verbose_name='berkas')),
                ('former', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='penilai sebelumnya')),
            ],
            options={
                'verbose_name': 'penggantian pejabat penilai',
                'ordering': ['recorded_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('former', models.F('assessor')), _negated=True)), name='reassignment_to_another_with_reason', violation_error_message='Penggantian pejabat penilai menyebut orang lain dan alasannya.')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.UUIDField(verbose_name='perihal')),
                ('rule', models.CharField(blank=True, max_length=60, verbose_name='tenggat')),
                ('stage', models.CharField(max_length=12, verbose_name='tahap')),
                ('at', models.DateTimeField(verbose_name='diingatkan')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='casework.case', verbose_name='berkas')),
            ],
            options={
                'verbose_name': 'pengingat',
                'constraints': [models.UniqueConstraint(fields=('subject', 'rule', 'stage'), name='reminded_once')],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40, verbose_name='tenggat')),
                ('party', models.CharField(max_length=40, verbose_name='pihak')),
                ('label', models.CharField(max_length=200, verbose_name='kewajiban')),
                ('started', models.DateField(verbose_name='mulai')),
                ('due', models.DateField(verbose_name='hari terakhir')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='casework.case', verbose_name='berkas')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='oleh')),
            ],
            options={
                'verbose_name': 'tenggat yang berjalan',
                'ordering': ['due', 'id'],
                'indexes': [models.Index(fields=['agency', 'due'], name='term_by_due'), models.Index(fields=['person', 'due'], name='term_of_person')],
                'constraints': [models.UniqueConstraint(fields=('case', 'rule'), name='term_once_in_case')],
            },
        ),
        migrations.CreateModel(
            name='ActFile',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='casework.act', verbose_name='tindakan')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='berkas')),
            ],
            options={
                'verbose_name': 'lampiran',
                'ordering': ['id'],
            },
        ),
    ]
