import django.db.models.deletion
import takar.appraisal.models.columns
import takar.common.ids
from django.db import migrations, models
from takar.common.triggers import append_only, frozen_when

RESULT = [
    "employee_id", "plan_id", "year", "start", "end", "cycle", "method", "leadership", "study", "led_unit_id", "draft",
    "inputs", "result", "skp_value", "behaviour_value", "final_value", "work_rating", "behaviour_rating", "category",
    "approved_at", "approved_by_id",
]  # fmt: skip
EVIDENCE = ["appraisal_id", "activity_id", "indicator_id", "file_id", "name"]


class Migration(migrations.Migration):
    """Plans, forms and results under PermenPANRB 6/2022, beside those under PP 46/2011."""

    dependencies = [
        ('appraisal', '0006_counted_differences'),
        ('organisation', '0003_mandates'),
    ]

    operations = [
        migrations.CreateModel(
            name='Achievement',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('cycle', models.CharField(choices=[('bulanan', 'Bulanan'), ('triwulanan', 'Triwulanan'), ('tahunan', 'Tahunan')], max_length=10, verbose_name='siklus')),
                ('start', models.DateField(verbose_name='awal periode')),
                ('end', models.DateField(verbose_name='akhir periode')),
                ('level', models.CharField(choices=[('istimewa', 'Istimewa'), ('baik', 'Baik'), ('butuh_perbaikan', 'Butuh Perbaikan'), ('kurang', 'Kurang'), ('sangat_kurang', 'Sangat Kurang')], max_length=20, verbose_name='capaian kinerja organisasi')),
                ('issued_on', models.DateField(verbose_name='terbit tanggal')),
                ('source', models.CharField(max_length=300, verbose_name='dasar')),
                ('recorded_at', models.DateTimeField(verbose_name='dicatat')),
            ],
            options={
                'verbose_name': 'capaian kinerja organisasi',
                'ordering': ['-start', 'recorded_at'],
            },
        ),
        migrations.CreateModel(
            name='Appendix',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('sumber_daya', 'Dukungan sumber daya'), ('pertanggungjawaban', 'Skema pertanggungjawaban'), ('konsekuensi', 'Konsekuensi')], max_length=20, verbose_name='jenis')),
                ('number', models.PositiveSmallIntegerField(verbose_name='nomor')),
                ('text', models.CharField(max_length=1000, verbose_name='uraian')),
            ],
            options={
                'verbose_name': 'lampiran SKP',
                'ordering': ['kind', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Expectation',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('value', models.CharField(choices=[('berorientasi_pelayanan', 'Berorientasi Pelayanan'), ('akuntabel', 'Akuntabel'), ('kompeten', 'Kompeten'), ('harmonis', 'Harmonis'), ('loyal', 'Loyal'), ('adaptif', 'Adaptif'), ('kolaboratif', 'Kolaboratif')], max_length=24, verbose_name='nilai dasar')),
                ('text', models.CharField(max_length=1000, verbose_name='ekspektasi khusus pimpinan')),
            ],
            options={
                'verbose_name': 'ekspektasi khusus',
                'ordering': ['value'],
            },
        ),
        migrations.CreateModel(
            name='FormStudy',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('gpa', models.DecimalField(decimal_places=2, max_digits=4, null=True, verbose_name='IPK')),
                ('level', models.CharField(blank=True, max_length=10, verbose_name='jenjang')),
                ('institution', models.CharField(blank=True, max_length=20, verbose_name='perguruan tinggi')),
                ('programme', models.CharField(blank=True, max_length=2, verbose_name='akreditasi program studi')),
                ('dropped_out', models.BooleanField(default=False, verbose_name='tidak menyelesaikan studi')),
            ],
            options={
                'verbose_name': 'tugas belajar',
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='nomor')),
                ('aspect', models.CharField(blank=True, choices=[('kuantitas', 'Kuantitas'), ('kualitas', 'Kualitas'), ('waktu', 'Waktu'), ('biaya', 'Biaya')], max_length=12, verbose_name='aspek')),
                ('name', models.CharField(max_length=500, verbose_name='indikator kinerja individu')),
                ('target', models.CharField(max_length=300, verbose_name='target')),
                ('minimum', takar.appraisal.models.columns.FigureField(decimal_places=4, max_digits=15, null=True, verbose_name='target paling rendah')),
                ('maximum', takar.appraisal.models.columns.FigureField(decimal_places=4, max_digits=15, null=True, verbose_name='target paling tinggi')),
                ('unit', models.CharField(blank=True, max_length=40, verbose_name='satuan')),
                ('direction', models.CharField(blank=True, choices=[('naik', 'Makin besar makin baik'), ('turun', 'Makin kecil makin baik')], max_length=6, verbose_name='arah')),
            ],
            options={
                'verbose_name': 'indikator',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='nomor')),
                ('kind', models.CharField(choices=[('utama', 'Utama'), ('tambahan', 'Tambahan')], default='utama', max_length=10, verbose_name='jenis')),
                ('name', models.CharField(max_length=500, verbose_name='rencana hasil kerja')),
                ('assigned_by', models.CharField(blank=True, max_length=300, verbose_name='penugasan dari')),
                ('perspective', models.CharField(blank=True, max_length=60, verbose_name='perspektif')),
            ],
            options={
                'verbose_name': 'hasil kerja',
                'ordering': ['number'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='appraisal',
            name='appraisal_approved_with_result',
        ),
        migrations.RemoveConstraint(
            model_name='formline',
            name='form_figures_not_negative',
        ),
        migrations.RemoveConstraint(
            model_name='plan',
            name='plan_once_a_year',
        ),
        migrations.AddField(
            model_name='appraisal',
            name='behaviour_rating',
            field=models.CharField(blank=True, default='', max_length=10, verbose_name='rating perilaku kerja'),
        ),
        migrations.AddField(
            model_name='appraisal',
            name='cycle',
            field=models.CharField(choices=[('bulanan', 'Bulanan'), ('triwulanan', 'Triwulanan'), ('tahunan', 'Tahunan')], default='tahunan', max_length=10, verbose_name='siklus'),
        ),
        migrations.AddField(
            model_name='appraisal',
            name='led_unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='unit yang dipimpin pejabat penilai'),
        ),
        migrations.AddField(
            model_name='appraisal',
            name='study',
            field=models.BooleanField(default=False, verbose_name='tugas belajar'),
        ),
        migrations.AddField(
            model_name='appraisal',
            name='work_rating',
            field=models.CharField(blank=True, default='', max_length=10, verbose_name='rating hasil kerja'),
        ),
        migrations.AddField(
            model_name='decision',
            name='behaviour_rating',
            field=models.CharField(blank=True, default='', max_length=10, verbose_name='rating perilaku kerja'),
        ),
        migrations.AddField(
            model_name='decision',
            name='work_rating',
            field=models.CharField(blank=True, default='', max_length=10, verbose_name='rating hasil kerja'),
        ),
        migrations.AddField(
            model_name='difference',
            name='accepted_text',
            field=models.CharField(blank=True, default='', max_length=1000, verbose_name='diterima (kata)'),
        ),
        migrations.AddField(
            model_name='difference',
            name='entered_text',
            field=models.CharField(blank=True, default='', max_length=1000, verbose_name='diinput (kata)'),
        ),
        migrations.AddField(
            model_name='formline',
            name='figure',
            field=takar.appraisal.models.columns.FigureField(decimal_places=4, max_digits=15, null=True, verbose_name='realisasi (angka)'),
        ),
        migrations.AddField(
            model_name='formline',
            name='realisation',
            field=models.CharField(blank=True, default='', max_length=1000, verbose_name='realisasi'),
        ),
        migrations.AddField(
            model_name='plan',
            name='approach',
            field=models.CharField(blank=True, choices=[('kuantitatif', 'Kuantitatif'), ('kualitatif', 'Kualitatif')], default='', max_length=12, verbose_name='pendekatan'),
        ),
        migrations.AddField(
            model_name='plan',
            name='method',
            field=models.CharField(choices=[('pp46-2011', 'PP 46/2011'), ('permenpan6-2022', 'PermenPANRB 6/2022')], default='pp46-2011', max_length=40, verbose_name='cara penilaian'),
        ),
        migrations.AlterField(
            model_name='appraisal',
            name='category',
            field=models.CharField(blank=True, max_length=20, verbose_name='sebutan atau predikat'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='behaviour_value',
            field=models.DecimalField(decimal_places=2, max_digits=9, null=True, verbose_name='nilai perilaku'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='category',
            field=models.CharField(max_length=20, verbose_name='sebutan atau predikat'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='final_value',
            field=models.DecimalField(decimal_places=2, max_digits=9, null=True, verbose_name='nilai prestasi kerja'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='skp_value',
            field=models.DecimalField(decimal_places=2, max_digits=9, null=True, verbose_name='nilai SKP'),
        ),
        migrations.AlterField(
            model_name='difference',
            name='figure',
            field=models.CharField(choices=[('quantity', 'Kuantitas'), ('time', 'Waktu'), ('cost', 'Biaya'), ('credit', 'Angka kredit'), ('realisation', 'Realisasi'), ('figure', 'Realisasi (angka)'), ('gpa', 'IPK'), ('level', 'Jenjang'), ('institution', 'Perguruan tinggi'), ('programme', 'Program studi'), ('dropped_out', 'Tidak menyelesaikan studi'), ('tambahan', 'Jumlah tugas tambahan'), ('unit', 'Jumlah kreativitas bagi unit kerja'), ('organisasi', 'Jumlah kreativitas bagi organisasi'), ('negara', 'Jumlah kreativitas bagi negara')], max_length=12, verbose_name='angka'),
        ),
        migrations.AddConstraint(
            model_name='appraisal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True), ('final_value__isnull', True), ('result__isnull', True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('inputs__isnull', False), models.Q(('final_value__isnull', False), models.Q(('category', ''), _negated=True), _connector='OR')), _connector='OR'), name='appraisal_approved_with_result', violation_error_message='Penilaian yang disetujui harus memuat hasil, penilai dan waktunya.'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(fields=('employee', 'year', 'method'), name='plan_once_a_year'),
        ),
        migrations.AddField(
            model_name='achievement',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi'),
        ),
        migrations.AddField(
            model_name='achievement',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='dicatat oleh'),
        ),
        migrations.AddField(
            model_name='achievement',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='unit kerja'),
        ),
        migrations.AddField(
            model_name='appendix',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appendices', to='appraisal.plan', verbose_name='SKP'),
        ),
        migrations.AddField(
            model_name='expectation',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expectations', to='appraisal.plan', verbose_name='SKP'),
        ),
        migrations.AddField(
            model_name='formstudy',
            name='form',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='study', to='appraisal.form', verbose_name='formulir'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='indicator',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='appraisal.indicator', verbose_name='indikator'),
        ),
        migrations.AddField(
            model_name='formline',
            name='indicator',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='appraisal.indicator', verbose_name='indikator'),
        ),
        migrations.AddConstraint(
            model_name='formline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quantity__isnull', True), ('quantity__gte', 0), _connector='OR'), models.Q(('time__isnull', True), ('time__gte', 0), _connector='OR'), models.Q(('cost__isnull', True), ('cost__gte', 0), _connector='OR'), models.Q(('credit__isnull', True), ('credit__gte', 0), _connector='OR'), models.Q(('figure__isnull', True), ('figure__gte', 0), _connector='OR')), name='form_figures_not_negative', violation_error_message='Realisasi tidak boleh kurang dari nol.'),
        ),
        migrations.AddField(
            model_name='work',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='works', to='appraisal.plan', verbose_name='SKP'),
        ),
        migrations.AddField(
            model_name='work',
            name='superior_work',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='taken_up_by', to='appraisal.work', verbose_name='rencana hasil kerja pimpinan yang diintervensi'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='work',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='appraisal.work', verbose_name='hasil kerja'),
        ),
        migrations.AddIndex(
            model_name='achievement',
            index=models.Index(fields=['agency', 'cycle', 'start'], name='achievement_by_period'),
        ),
        migrations.AddConstraint(
            model_name='appendix',
            constraint=models.UniqueConstraint(fields=('plan', 'kind', 'number'), name='appendix_number_once'),
        ),
        migrations.AddConstraint(
            model_name='expectation',
            constraint=models.UniqueConstraint(fields=('plan', 'value'), name='expectation_once_a_value'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='work_number_once'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('work', 'number'), name='indicator_number_once'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('maximum__isnull', True), ('minimum__isnull', True)), models.Q(('maximum__gte', models.F('minimum')), ('minimum__gte', 0)), models.Q(('maximum__isnull', True), ('minimum__gte', 0)), models.Q(('maximum__gte', 0), ('minimum__isnull', True)), _connector='OR'), name='indicator_range_in_order', violation_error_message='Batas atas target tidak boleh lebih kecil daripada batas bawahnya.'),
        ),
        append_only("appraisal_achievement"),
        append_only("appraisal_decision"),
        frozen_when("appraisal_appraisal", "OLD.approved_at IS NOT NULL", RESULT),
        frozen_when("appraisal_evidence", "OLD.id IS NOT NULL", EVIDENCE),
    ]
