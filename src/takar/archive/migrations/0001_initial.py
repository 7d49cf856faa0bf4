import django.db.models.deletion
import takar.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('files', '0001_initial'),
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='EndOfService',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField(verbose_name='berakhir')),
                ('ground', models.CharField(choices=[('pensiun', 'Pensiun'), ('meninggal', 'Meninggal dunia'), ('berhenti', 'Berhenti atau diberhentikan')], max_length=12, verbose_name='sebab')),
                ('letter', models.CharField(max_length=200, verbose_name='surat keputusan')),
                ('recorded_at', models.DateTimeField(verbose_name='dicatat')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('employee', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end_of_service', to='organisation.employee', verbose_name='pegawai')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='dicatat oleh')),
            ],
            options={
                'verbose_name': 'akhir masa kerja',
            },
        ),
        migrations.CreateModel(
            name='Package',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('identifier', models.CharField(max_length=200, verbose_name='pengenal paket')),
                ('source', models.CharField(max_length=200, verbose_name='asal')),
                ('bagged_on', models.DateField(verbose_name='dibuat')),
                ('manifest_sha256', models.CharField(max_length=64, verbose_name='sidik manifes')),
                ('imported_at', models.DateTimeField(verbose_name='diterima')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('imported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='oleh')),
            ],
            options={
                'verbose_name': 'paket arsip',
                'constraints': [models.UniqueConstraint(fields=('agency', 'manifest_sha256'), name='package_once')],
            },
        ),
        migrations.CreateModel(
            name='Reduction',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('pindah', 'Pemindahan arsip inaktif'), ('musnah', 'Pemusnahan arsip'), ('serah', 'Penyerahan arsip statis')], max_length=12, verbose_name='jenis')),
                ('number', models.CharField(max_length=80, verbose_name='nomor')),
                ('state', models.CharField(choices=[('berjalan', 'Berjalan'), ('selesai', 'Selesai'), ('batal', 'Dibatalkan')], default='berjalan', max_length=12, verbose_name='keadaan')),
                ('years', models.PositiveSmallIntegerField(null=True, verbose_name='retensi (tahun)')),
                ('started_at', models.DateTimeField(verbose_name='dimulai')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='berita acara')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='dimulai oleh')),
            ],
            options={
                'verbose_name': 'penyusutan arsip',
                'ordering': ['-started_at'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'number'), name='reduction_number_once')],
            },
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20, verbose_name='kode klasifikasi')),
                ('active_years', models.PositiveSmallIntegerField(verbose_name='retensi aktif (tahun)')),
                ('inactive_years', models.PositiveSmallIntegerField(verbose_name='retensi inaktif (tahun)')),
                ('fate', models.CharField(choices=[('musnah', 'Musnah'), ('permanen', 'Permanen'), ('nilai_kembali', 'Dinilai kembali')], max_length=16, verbose_name='keterangan')),
                ('until_retirement', models.BooleanField(default=True, verbose_name='aktif sampai pensiun')),
                ('source', models.CharField(max_length=200, verbose_name='dasar')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
            ],
            options={
                'verbose_name': 'jadwal retensi',
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'code'), name='retention_rule_once')],
            },
        ),
        migrations.CreateModel(
            name='Shelf',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40, verbose_name='rak')),
                ('room', models.CharField(blank=True, max_length=120, verbose_name='ruang')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
            ],
            options={
                'verbose_name': 'rak',
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'code'), name='shelf_code_once')],
            },
        ),
        migrations.CreateModel(
            name='StockCheck',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('started_at', models.DateTimeField(verbose_name='dimulai')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='ditutup')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='ditutup oleh')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='oleh')),
            ],
            options={
                'verbose_name': 'pemeriksaan rak',
                'ordering': ['-started_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('agency',), name='stock_check_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='stock_check_closed_has_who_and_when')],
            },
        ),
        migrations.CreateModel(
            name='Classification',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20, verbose_name='kode klasifikasi')),
                ('title', models.CharField(max_length=200, verbose_name='uraian')),
                ('source', models.CharField(max_length=200, verbose_name='dasar')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
            ],
            options={
                'verbose_name': 'kode klasifikasi',
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'code'), name='classification_once')],
            },
        ),
        migrations.CreateModel(
            name='Box',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40, verbose_name='box file')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('shelf', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='boxes', to='archive.shelf', verbose_name='rak')),
            ],
            options={
                'verbose_name': 'box file',
                'constraints': [models.UniqueConstraint(fields=('agency', 'code'), name='box_code_once')],
            },
        ),
        migrations.CreateModel(
            name='ReductionAct',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=24, verbose_name='tindakan')),
                ('on', models.DateField(verbose_name='tanggal')),
                ('number', models.CharField(blank=True, max_length=120, verbose_name='nomor surat')),
                ('text', models.TextField(blank=True, verbose_name='keterangan')),
                ('people', models.JSONField(default=list, verbose_name='orang')),
                ('acting_as', models.CharField(max_length=40, verbose_name='sebagai')),
                ('recorded_at', models.DateTimeField(verbose_name='dicatat')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='oleh')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='naskah')),
                ('reduction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='archive.reduction', verbose_name='penyusutan')),
            ],
            options={
                'verbose_name': 'tindakan penyusutan',
                'ordering': ['recorded_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('reduction', 'kind'), name='reduction_act_once')],
            },
        ),
        migrations.CreateModel(
            name='Deposit',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('classification', models.CharField(max_length=20, verbose_name='kode klasifikasi')),
                ('kind', models.CharField(max_length=40, verbose_name='jenis')),
                ('number', models.CharField(max_length=80, verbose_name='nomor dokumen')),
                ('name', models.CharField(max_length=300, verbose_name='nama')),
                ('nip', models.CharField(blank=True, max_length=18, verbose_name='NIP')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('closed_on', models.DateField(verbose_name='selesai (closed file)')),
                ('state', models.CharField(choices=[('aktif', 'Aktif'), ('inaktif', 'Inaktif'), ('diserahkan', 'Diserahkan ke lembaga kearsipan'), ('musnah', 'Dimusnahkan')], default='aktif', max_length=12, verbose_name='keadaan')),
                ('archived_at', models.DateTimeField(verbose_name='diarsipkan')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('archived_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='diarsipkan oleh')),
                ('box', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deposits', to='archive.box', verbose_name='box file')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deposit', to='documents.document', verbose_name='dokumen')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='isi')),
                ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='data asal')),
                ('subject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deposits', to='organisation.employee', verbose_name='tentang')),
                ('package', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deposits', to='archive.package', verbose_name='paket asal')),
            ],
            options={
                'verbose_name': 'arsip',
                'indexes': [models.Index(fields=['agency', 'name'], name='deposit_by_name'), models.Index(fields=['agency', 'nip'], name='deposit_by_nip'), models.Index(fields=['agency', 'year', 'number'], name='deposit_by_number'), models.Index(fields=['agency', 'state', 'classification'], name='deposit_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', False), ('package__isnull', True)), models.Q(('document__isnull', True), ('package__isnull', False)), _connector='OR'), name='deposit_has_one_source')],
            },
        ),
        migrations.CreateModel(
            name='BoxMove',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=200, verbose_name='alasan')),
                ('at', models.DateTimeField(verbose_name='dipindahkan')),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='archive.box', verbose_name='box file')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='oleh')),
                ('origin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='archive.shelf', verbose_name='dari rak')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='archive.shelf', verbose_name='ke rak')),
            ],
            options={
                'verbose_name': 'perpindahan box',
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='StockLine',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('result', models.CharField(choices=[('ada', 'Ada di tempatnya'), ('salah_rak', 'Ada di rak lain'), ('tidak_ada', 'Tidak ditemukan')], max_length=12, verbose_name='hasil')),
                ('recorded', models.CharField(max_length=40, verbose_name='rak menurut catatan')),
                ('seen', models.CharField(blank=True, max_length=40, verbose_name='rak yang ditemukan')),
                ('at', models.DateTimeField(verbose_name='dicatat')),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='archive.box', verbose_name='box file')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='oleh')),
                ('check_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='archive.stockcheck', verbose_name='pemeriksaan')),
            ],
            options={
                'verbose_name': 'hasil pemeriksaan rak',
                'ordering': ['at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('check_of', 'box'), name='stock_line_once')],
            },
        ),
        migrations.CreateModel(
            name='ReductionItem',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('description', models.JSONField(verbose_name='uraian')),
                ('verdict', models.CharField(blank=True, choices=[('setuju', 'Disetujui'), ('simpan', 'Tetap disimpan')], max_length=8, verbose_name='penilaian')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='alasan')),
                ('deposit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='archive.deposit', verbose_name='arsip')),
                ('reduction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='archive.reduction', verbose_name='penyusutan')),
            ],
            options={
                'verbose_name': 'arsip dalam daftar',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('reduction', 'deposit'), name='reduced_once')],
            },
        ),
        migrations.CreateModel(
            name='Words',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(verbose_name='kata-kata')),
                ('deposit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='archive.deposit', verbose_name='arsip')),
            ],
            options={
                'verbose_name': 'kata arsip',
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('case_key', models.UUIDField(null=True, verbose_name='berkas')),
                ('ground', models.CharField(choices=[('keberatan', 'Keberatan'), ('perkara', 'Perkara'), ('pemeriksaan', 'Pemeriksaan')], max_length=12, verbose_name='sebab')),
                ('reference', models.CharField(max_length=200, verbose_name='dasar')),
                ('placed_at', models.DateTimeField(verbose_name='ditahan')),
                ('lifted_at', models.DateTimeField(null=True, verbose_name='dilepas')),
                ('lift_reason', models.CharField(blank=True, max_length=200, verbose_name='alasan dilepas')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('deposit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='archive.deposit', verbose_name='arsip')),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='dilepas oleh')),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='ditahan oleh')),
            ],
            options={
                'verbose_name': 'penahanan arsip',
                'ordering': ['placed_at', 'id'],
                'indexes': [models.Index(condition=models.Q(('lifted_at__isnull', True)), fields=['case_key'], name='hold_by_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('case_key__isnull', False), ('deposit__isnull', True)), models.Q(('case_key__isnull', True), ('deposit__isnull', False)), _connector='OR'), name='hold_of_case_or_deposit'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at__isnull', True), ('lifted_by__isnull', True)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='hold_lifted_has_who_and_when')],
            },
        ),
        migrations.CreateModel(
            name='Loan',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('borrower', models.CharField(max_length=200, verbose_name='peminjam')),
                ('purpose', models.CharField(max_length=200, verbose_name='keperluan')),
                ('lent_on', models.DateField(verbose_name='dipinjam')),
                ('due_on', models.DateField(verbose_name='harus kembali')),
                ('returned_on', models.DateField(null=True, verbose_name='kembali')),
                ('deposit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='archive.deposit', verbose_name='arsip')),
                ('lent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='dicatat oleh')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='pegawai peminjam')),
                ('returned_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='diterima oleh')),
            ],
            options={
                'verbose_name': 'peminjaman',
                'ordering': ['due_on', 'id'],
                'indexes': [models.Index(condition=models.Q(('returned_on__isnull', True)), fields=['due_on'], name='loan_open_by_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('returned_on__isnull', True)), fields=('deposit',), name='lent_once'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('lent_on'))), name='loan_due_after_lent'), models.CheckConstraint(condition=models.Q(models.Q(('returned_on__isnull', True), ('returned_to__isnull', True)), models.Q(('returned_on__isnull', False), ('returned_to__isnull', False)), _connector='OR'), name='loan_returned_has_who_and_when')],
            },
        ),
    ]
