import django.db.models.deletion
from django.db import migrations, models

import takar.common.ids
from takar.common.ids import check_key
from takar.common.triggers import append_only, filled_despite

GUARD = append_only("documents_copy")


def give_keys(apps, _editor):
    copies = apps.get_model("documents", "Copy")
    for copy in copies.objects.filter(key=None).iterator():
        copies.objects.filter(pk=copy.pk).update(key=check_key())


class Migration(migrations.Migration):
    """A register of copies: each with a ground, a code to check it by, and events; and whom an office gives copies."""

    dependencies = [
        ("documents", "0004_capacity"),
        ("organisation", "0003_mandates"),
    ]

    operations = [
        migrations.AddField(
            model_name="copy",
            name="ground",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="dasar"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="copy",
            name="key",
            field=models.CharField(max_length=16, null=True, verbose_name="kode periksa"),
        ),
        *filled_despite(GUARD, give_keys),
        migrations.AlterField(
            model_name="copy",
            name="key",
            field=models.CharField(
                default=takar.common.ids.check_key, max_length=16, unique=True, verbose_name="kode periksa"
            ),
        ),
        migrations.AddField(
            model_name="copy",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="copies",
                to="organisation.employee",
                verbose_name="penerima",
            ),
        ),
        migrations.AlterField(
            model_name="copy",
            name="handed_over_on",
            field=models.DateField(null=True, verbose_name="diserahkan tanggal"),
        ),
        migrations.CreateModel(
            name="CopyEvent",
            fields=[
                ("id", models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("diserahkan", "Diserahkan"), ("diterima", "Diterima"), ("kembali", "Kembali"), ("hilang", "Dinyatakan hilang")], max_length=12, verbose_name="kejadian")),
                ("on", models.DateField(verbose_name="tanggal")),
                ("recorded_at", models.DateTimeField(verbose_name="dicatat")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="keterangan")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.employee", verbose_name="dicatat oleh")),
                ("copy", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="events", to="documents.copy", verbose_name="salinan")),
            ],
            options={
                "verbose_name": "kejadian salinan",
                "ordering": ["recorded_at", "id"],
                "constraints": [models.UniqueConstraint(fields=("copy", "kind"), name="copy_event_once")],
            },
        ),
        migrations.CreateModel(
            name="Distribution",
            fields=[
                ("id", models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("dokumen_pengukuran", "Dokumen pengukuran kinerja")], max_length=24, verbose_name="jenis dokumen")),
                ("number", models.PositiveSmallIntegerField(verbose_name="urutan")),
                ("to", models.CharField(choices=[("pegawai", "Pegawai yang dinilai"), ("penilai", "Pejabat penilai"), ("atasan", "Atasan pejabat penilai"), ("lain", "Lainnya")], max_length=12, verbose_name="untuk")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="nama penerima")),
                ("form", models.CharField(choices=[("kertas", "Kertas"), ("elektronik", "Elektronik")], max_length=12, verbose_name="bentuk")),
                ("ground", models.CharField(blank=True, max_length=200, verbose_name="dasar")),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.agency", verbose_name="instansi")),
            ],
            options={
                "verbose_name": "daftar distribusi",
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("agency", "kind", "number"), name="distribution_line_once")],
            },
        ),
        GUARD,
        append_only("documents_copyevent"),
    ]
