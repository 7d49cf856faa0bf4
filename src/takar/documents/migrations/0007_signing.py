import django.db.models.deletion
from django.db import migrations, models

import takar.common.ids
from takar.common.triggers import append_only, frozen_when

ISSUED = [
    "agency_id", "kind", "number", "year", "subject_id", "case_key", "data", "file_id", "issued_at", "replaces_id", "key",
]
CERTIFICATE = [
    "authority_id", "employee_id", "name", "serial", "fingerprint", "certificate", "key", "issued_at", "expires_at",
]
REVOKED = ["revoked_at", "revoked_by_id", "revoked_reason"]


class Migration(migrations.Migration):
    """Signatures inside the PDF, the office's certificates, and documents taken back; the guards are put up again."""

    dependencies = [
        ("documents", "0006_emblems"),
        ('files', '0001_initial'),
        ('organisation', '0003_mandates'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='signature',
            options={'ordering': ['signed_at', 'id'], 'verbose_name': 'tanda tangan'},
        ),
        migrations.AddField(
            model_name='document',
            name='key',
            field=models.CharField(max_length=16, null=True, unique=True, verbose_name='kode periksa'),
        ),
        migrations.AddField(
            model_name='signature',
            name='evidence',
            field=models.JSONField(null=True, verbose_name='rekam penandatanganan'),
        ),
        migrations.AddField(
            model_name='signature',
            name='file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='berkas sesudahnya'),
        ),
        migrations.AlterField(
            model_name='signature',
            name='method',
            field=models.CharField(choices=[('internal', 'Tanda tangan elektronik tidak tersertifikasi (kata sandi diulang)'), ('kantor', 'Tanda tangan elektronik tidak tersertifikasi (sertifikat kantor)'), ('bsre', 'Tanda tangan elektronik tersertifikasi (BSrE)'), ('basah', 'Tanda tangan basah (pindaian)')], max_length=12, verbose_name='cara'),
        ),
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
        frozen_when("documents_document", "OLD.id IS NOT NULL", ISSUED, name="issued"),
        frozen_when("documents_document", "OLD.signed_file_id IS NOT NULL", ["signed_file_id"], name="signed"),
        append_only("documents_signature"),
        append_only("documents_authority"),
        append_only("documents_withdrawal"),
        frozen_when("documents_certificate", "OLD.id IS NOT NULL", CERTIFICATE, name="issued"),
        frozen_when("documents_certificate", "OLD.revoked_at IS NOT NULL", REVOKED, name="revoked"),
    ]
