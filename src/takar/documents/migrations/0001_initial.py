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
            name='Authority',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('certificate', models.TextField(verbose_name='sertifikat')),
                ('key', models.TextField(verbose_name='kunci tersegel')),
                ('created_at', models.DateTimeField(verbose_name='dibuat')),
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
            ],
            options={
                'verbose_name': 'otoritas sertifikat kantor',
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('dokumen_pengukuran', 'Dokumen pengukuran kinerja')], max_length=24, verbose_name='jenis')),
                ('number', models.CharField(max_length=80, verbose_name='nomor dokumen')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('case_key', models.UUIDField(verbose_name='berkas asal')),
                ('data', models.JSONField(verbose_name='isi')),
                ('issued_at', models.DateTimeField(verbose_name='terbit')),
                ('key', models.CharField(max_length=16, null=True, unique=True, verbose_name='kode periksa')),
                ('destroyed_at', models.DateTimeField(null=True, verbose_name='dimusnahkan')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='berkas asli')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successor', to='documents.document', verbose_name='menggantikan')),
                ('signed_file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='berkas bertanda tangan')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='organisation.employee', verbose_name='tentang')),
            ],
            options={
                'verbose_name': 'dokumen',
                'constraints': [models.UniqueConstraint(fields=('agency', 'number'), name='document_number_once'), models.UniqueConstraint(condition=models.Q(('replaces__isnull', True)), fields=('case_key', 'kind'), name='document_once_in_case')],
            },
        ),
        migrations.CreateModel(
            name='Emblem',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('region', 'Lambang daerah (kop surat)'), ('garuda', 'Lambang negara (Garuda)')], max_length=12, verbose_name='jenis')),
                ('name', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('set_at', models.DateTimeField(verbose_name='diunggah')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emblems', to='organisation.agency', verbose_name='instansi')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='gambar')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='diunggah oleh')),
            ],
            options={
                'verbose_name': 'lambang',
                'ordering': ['kind'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'kind'), name='emblem_once_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('dokumen_pengukuran', 'Dokumen pengukuran kinerja')], max_length=24, verbose_name='jenis dokumen')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='nomor terakhir')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
            ],
            options={
                'verbose_name': 'nomor urut',
                'constraints': [models.UniqueConstraint(fields=('agency', 'kind', 'year'), name='one_series_a_year')],
            },
        ),
        migrations.CreateModel(
            name='SigningChoice',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('dokumen_pengukuran', 'Dokumen pengukuran kinerja')], max_length=24, verbose_name='jenis dokumen')),
                ('method', models.CharField(choices=[('internal', 'Tanda tangan elektronik tidak tersertifikasi (kata sandi diulang)'), ('kantor', 'Tanda tangan elektronik tidak tersertifikasi (sertifikat kantor)'), ('bsre', 'Tanda tangan elektronik tersertifikasi (BSrE)'), ('basah', 'Tanda tangan basah (pindaian)')], max_length=12, verbose_name='cara')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
            ],
            options={
                'verbose_name': 'cara tanda tangan',
                'constraints': [models.UniqueConstraint(fields=('agency', 'kind'), name='signing_choice_once')],
            },
        ),
        migrations.CreateModel(
            name='Distribution',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('dokumen_pengukuran', 'Dokumen pengukuran kinerja')], max_length=24, verbose_name='jenis dokumen')),
                ('number', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('to', models.CharField(choices=[('pegawai', 'Pegawai yang dinilai'), ('penilai', 'Pejabat penilai'), ('atasan', 'Atasan pejabat penilai'), ('lain', 'Lainnya')], max_length=12, verbose_name='untuk')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='nama penerima')),
                ('form', models.CharField(choices=[('kertas', 'Kertas'), ('elektronik', 'Elektronik')], max_length=12, verbose_name='bentuk')),
                ('ground', models.CharField(blank=True, max_length=200, verbose_name='dasar')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
            ],
            options={
                'verbose_name': 'daftar distribusi',
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'kind', 'number'), name='distribution_line_once')],
            },
        ),
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='nomor salinan')),
                ('key', models.CharField(default=takar.common.ids.check_key, max_length=16, unique=True, verbose_name='kode periksa')),
                ('recipient', models.CharField(max_length=200, verbose_name='untuk')),
                ('ground', models.CharField(blank=True, max_length=200, verbose_name='dasar')),
                ('form', models.CharField(choices=[('kertas', 'Kertas'), ('elektronik', 'Elektronik')], max_length=12, verbose_name='bentuk')),
                ('handed_over_on', models.DateField(null=True, verbose_name='diserahkan tanggal')),
                ('recorded_at', models.DateTimeField(verbose_name='dicatat')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='organisation.employee', verbose_name='penerima')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='dicatat oleh')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='documents.document', verbose_name='dokumen')),
            ],
            options={
                'verbose_name': 'salinan',
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='copy_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('signed_as', models.CharField(choices=[('penilai', 'Pejabat penilai'), ('pegawai', 'Pegawai yang dinilai'), ('atasan', 'Atasan pejabat penilai')], max_length=12, verbose_name='sebagai')),
                ('name', models.CharField(max_length=300, verbose_name='nama')),
                ('capacity', models.CharField(max_length=220, null=True, verbose_name='selaku')),
                ('method', models.CharField(choices=[('internal', 'Tanda tangan elektronik tidak tersertifikasi (kata sandi diulang)'), ('kantor', 'Tanda tangan elektronik tidak tersertifikasi (sertifikat kantor)'), ('bsre', 'Tanda tangan elektronik tersertifikasi (BSrE)'), ('basah', 'Tanda tangan basah (pindaian)')], max_length=12, verbose_name='cara')),
                ('sha256', models.CharField(max_length=64, verbose_name='sidik dokumen')),
                ('signed_at', models.DateTimeField(verbose_name='ditandatangani')),
                ('evidence', models.JSONField(null=True, verbose_name='rekam penandatanganan')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='documents.document', verbose_name='dokumen')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='berkas sesudahnya')),
                ('signer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='penanda tangan')),
            ],
            options={
                'verbose_name': 'tanda tangan',
                'ordering': ['signed_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('document', 'signed_as'), name='signed_once_as')],
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='ditarik')),
                ('acting_as', models.CharField(max_length=40, verbose_name='sebagai')),
                ('reason', models.CharField(max_length=500, verbose_name='alasan')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='oleh')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='documents.document', verbose_name='dokumen')),
            ],
            options={
                'verbose_name': 'penarikan dokumen',
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=300, verbose_name='nama')),
                ('serial', models.CharField(max_length=40, verbose_name='nomor seri')),
                ('fingerprint', models.CharField(max_length=64, unique=True, verbose_name='sidik SHA-256')),
                ('certificate', models.TextField(verbose_name='sertifikat')),
                ('key', models.TextField(verbose_name='kunci tersegel')),
                ('issued_at', models.DateTimeField(verbose_name='terbit')),
                ('expires_at', models.DateTimeField(verbose_name='berakhir')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='dicabut')),
                ('revoked_reason', models.CharField(blank=True, max_length=300, verbose_name='alasan pencabutan')),
                ('replaced', models.BooleanField(default=False, verbose_name='diganti')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='documents.authority', verbose_name='otoritas')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='pemilik')),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='dicabut oleh')),
            ],
            options={
                'verbose_name': 'sertifikat',
                'ordering': ['-issued_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced', False)), fields=('employee',), name='certificate_one_current_per_person'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='certificate_revoked_has_who_and_when', violation_error_message='Pencabutan sertifikat mencatat oleh siapa dan kapan.')],
            },
        ),
        migrations.CreateModel(
            name='CopyEvent',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('diserahkan', 'Diserahkan'), ('diterima', 'Diterima'), ('kembali', 'Kembali'), ('hilang', 'Dinyatakan hilang')], max_length=12, verbose_name='kejadian')),
                ('on', models.DateField(verbose_name='tanggal')),
                ('recorded_at', models.DateTimeField(verbose_name='dicatat')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='keterangan')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='dicatat oleh')),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='documents.copy', verbose_name='salinan')),
            ],
            options={
                'verbose_name': 'kejadian salinan',
                'ordering': ['recorded_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('copy', 'kind'), name='copy_event_once')],
            },
        ),
    ]
