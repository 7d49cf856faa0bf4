import django.db.models.deletion
import takar.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, unique=True, verbose_name='nama instansi')),
                ('short_name', models.CharField(max_length=60, verbose_name='nama singkat')),
                ('region', models.CharField(max_length=120, verbose_name='pemerintah daerah')),
                ('place', models.CharField(max_length=80, verbose_name='tempat kedudukan')),
                ('day_count', models.CharField(choices=[('kalender', 'Hari kalender'), ('kerja', 'Hari kerja')], default='kalender', max_length=10, verbose_name='cara membaca “hari”')),
                ('working_weekdays', models.CharField(default='01234', max_length=7, verbose_name='hari kerja (0 = Senin)')),
                ('calendar_version', models.PositiveIntegerField(default=0, verbose_name='perubahan kalender ke')),
                ('risk_percent', models.PositiveSmallIntegerField(default=75, verbose_name='peringatan sesudah (persen waktu baku)')),
            ],
            options={
                'verbose_name': 'instansi',
                'constraints': [models.CheckConstraint(condition=models.Q(('risk_percent__gte', 1), ('risk_percent__lte', 100)), name='agency_risk_percent', violation_error_message='Peringatan diberikan sesudah 1 sampai 100 persen waktu baku.')],
            },
        ),
        migrations.CreateModel(
            name='Employee',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('nip', models.CharField(max_length=18, null=True, unique=True, verbose_name='NIP')),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('title_front', models.CharField(blank=True, max_length=60, verbose_name='gelar depan')),
                ('title_back', models.CharField(blank=True, max_length=80, verbose_name='gelar belakang')),
                ('kind', models.CharField(choices=[('pns', 'PNS'), ('cpns', 'CPNS'), ('pppk', 'PPPK'), ('lain', 'Pejabat lain')], max_length=10, verbose_name='jenis pegawai')),
                ('rank', models.CharField(blank=True, max_length=10, verbose_name='golongan ruang')),
                ('standing', models.CharField(choices=[('aktif', 'Aktif'), ('cltn', 'Cuti di luar tanggungan negara (CLTN)'), ('tubel', 'Tugas belajar'), ('pemberhentian_sementara', 'Pemberhentian sementara'), ('mpp', 'Masa persiapan pensiun (MPP)'), ('pensiun', 'Pensiun')], default='aktif', max_length=30, verbose_name='kedudukan')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='employees', to='organisation.agency', verbose_name='instansi')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='employee', to=settings.AUTH_USER_MODEL, verbose_name='akun')),
            ],
            options={
                'verbose_name': 'pegawai',
                'indexes': [models.Index(fields=['agency', 'name', 'id'], name='employee_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'lain'), ('nip__isnull', False), _connector='OR'), name='employee_has_nip_unless_other', violation_error_message='Pegawai ASN harus mempunyai NIP.'), models.UniqueConstraint(condition=models.Q(('nip__isnull', True)), fields=('agency', 'name'), name='employee_without_nip_once')],
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('date', models.DateField(verbose_name='tanggal')),
                ('name', models.CharField(max_length=120, verbose_name='hari libur')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='dasar')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holidays', to='organisation.agency', verbose_name='instansi')),
            ],
            options={
                'verbose_name': 'hari libur',
                'ordering': ['date'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'date'), name='holiday_once')],
            },
        ),
        migrations.CreateModel(
            name='HoursSeason',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, verbose_name='nama')),
                ('start', models.DateField(verbose_name='mulai')),
                ('end', models.DateField(verbose_name='sampai')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seasons', to='organisation.agency', verbose_name='instansi')),
            ],
            options={
                'verbose_name': 'masa jam kerja khusus',
                'ordering': ['start'],
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='season_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='nama unit')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='organisation.agency', verbose_name='instansi')),
            ],
            options={
                'verbose_name': 'unit kerja',
                'constraints': [models.UniqueConstraint(fields=('agency', 'name'), name='unit_name_once_in_agency')],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('plt', 'Pelaksana Tugas (Plt.)'), ('plh', 'Pelaksana Harian (Plh.)')], max_length=3, verbose_name='jenis')),
                ('role', models.CharField(blank=True, choices=[('kasubbag', 'Kasubbag Umum dan Kepegawaian'), ('staf', 'Staf'), ('sekretaris', 'Sekretaris'), ('kepala', 'Kepala'), ('admin', 'Administrator')], max_length=12, verbose_name='peran')),
                ('with_roles', models.BooleanField(default=False, verbose_name='termasuk perannya')),
                ('post', models.CharField(max_length=200, verbose_name='jabatan')),
                ('acts', models.JSONField(verbose_name='perbuatan')),
                ('number', models.CharField(max_length=100, verbose_name='nomor surat')),
                ('decreed_on', models.DateField(verbose_name='tanggal surat')),
                ('start', models.DateField(verbose_name='mulai')),
                ('end', models.DateField(verbose_name='sampai')),
                ('ended_on', models.DateField(null=True, verbose_name='dicabut')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='organisation.agency', verbose_name='instansi')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='dicabut oleh')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='organisation.employee', verbose_name='pemegang')),
                ('principal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='pejabat yang digantikan')),
            ],
            options={
                'verbose_name': 'mandat',
                'ordering': ['-start', 'id'],
                'indexes': [models.Index(fields=['agency', 'end'], name='mandate_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('principal__isnull', True), ('role__in', ('kasubbag', 'staf', 'sekretaris', 'kepala')), ('with_roles', False)), models.Q(('principal__isnull', False), ('role', '')), _connector='OR'), name='mandate_of_role_or_place', violation_error_message='Mandat menyebut satu peran atau satu pejabat yang digantikan, tidak keduanya.'), models.CheckConstraint(condition=models.Q(('holder', models.F('principal')), _negated=True), name='mandate_not_for_oneself', violation_error_message='Pemegang mandat tidak boleh pejabat yang digantikan sendiri.'), models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='mandate_ends_after_start', violation_error_message='Hari terakhir mandat tidak boleh sebelum hari pertamanya.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_by__isnull', True), ('ended_on__isnull', True)), models.Q(('ended_by__isnull', False), ('ended_on__isnull', False), ('ended_on__lte', models.F('end'))), _connector='OR'), name='mandate_ended_has_who_and_when', violation_error_message='Mandat yang dicabut harus mencatat oleh siapa dan kapan, sebelum berakhir.')],
            },
        ),
        migrations.CreateModel(
            name='RoleHolder',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('kasubbag', 'Kasubbag Umum dan Kepegawaian'), ('staf', 'Staf'), ('sekretaris', 'Sekretaris'), ('kepala', 'Kepala'), ('admin', 'Administrator')], max_length=12, verbose_name='peran')),
                ('start', models.DateField(verbose_name='mulai')),
                ('end', models.DateField(null=True, verbose_name='selesai')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_holders', to='organisation.agency', verbose_name='instansi')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='organisation.employee', verbose_name='pegawai')),
            ],
            options={
                'verbose_name': 'pemegang peran',
                'constraints': [models.UniqueConstraint(condition=models.Q(('end__isnull', True)), fields=('agency', 'employee', 'role'), name='role_held_once'), models.CheckConstraint(condition=models.Q(('end__isnull', True), ('end__gte', models.F('start')), _connector='OR'), name='role_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('post', models.CharField(max_length=200, verbose_name='jabatan')),
                ('post_kind', models.CharField(choices=[('struktural', 'Struktural'), ('jft', 'Fungsional tertentu (JFT)'), ('jfu', 'Fungsional umum/pelaksana (JFU)')], max_length=12, verbose_name='jenis jabatan')),
                ('echelon', models.CharField(blank=True, max_length=6, verbose_name='eselon')),
                ('level', models.CharField(blank=True, choices=[('pemula', 'Pemula'), ('terampil', 'Terampil'), ('mahir', 'Mahir'), ('penyelia', 'Penyelia'), ('ahli_pertama', 'Ahli Pertama'), ('ahli_muda', 'Ahli Muda'), ('ahli_madya', 'Ahli Madya'), ('ahli_utama', 'Ahli Utama')], default='', max_length=14, verbose_name='jenjang jabatan fungsional')),
                ('start', models.DateField(verbose_name='mulai')),
                ('end', models.DateField(null=True, verbose_name='selesai')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='organisation.employee', verbose_name='pegawai')),
                ('superior', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='atasan langsung')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='organisation.unit', verbose_name='unit kerja')),
            ],
            options={
                'verbose_name': 'penempatan',
                'indexes': [models.Index(fields=['superior', 'employee'], name='assignment_by_superior')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('end__isnull', True)), fields=('employee',), name='assignment_one_open_per_employee'), models.CheckConstraint(condition=models.Q(('employee', models.F('superior')), _negated=True), name='assignment_not_own_superior'), models.CheckConstraint(condition=models.Q(('end__isnull', True), ('end__gte', models.F('start')), _connector='OR'), name='assignment_ends_after_start', violation_error_message='Tanggal selesai penempatan tidak boleh sebelum tanggal mulai.')],
            },
        ),
        migrations.CreateModel(
            name='WorkHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(verbose_name='hari')),
                ('start', models.TimeField(verbose_name='buka')),
                ('end', models.TimeField(verbose_name='tutup')),
                ('break_start', models.TimeField(null=True, verbose_name='mulai istirahat')),
                ('break_end', models.TimeField(null=True, verbose_name='selesai istirahat')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hours', to='organisation.agency', verbose_name='instansi')),
                ('season', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='organisation.hoursseason', verbose_name='masa')),
            ],
            options={
                'verbose_name': 'jam kerja',
                'constraints': [models.UniqueConstraint(condition=models.Q(('season__isnull', True)), fields=('agency', 'weekday'), name='hours_once_in_week'), models.UniqueConstraint(fields=('season', 'weekday'), name='hours_once_in_season'), models.CheckConstraint(condition=models.Q(('end__gt', models.F('start')), models.Q(models.Q(('break_end__isnull', True), ('break_start__isnull', True)), models.Q(('break_end__gt', models.F('break_start')), ('break_end__lte', models.F('end')), ('break_start__gte', models.F('start'))), _connector='OR')), name='hours_in_order', violation_error_message='Jam buka, istirahat dan tutup harus berurutan.')],
            },
        ),
    ]
