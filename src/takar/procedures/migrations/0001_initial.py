import django.db.models.deletion
import takar.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=40, verbose_name='kunci')),
                ('name', models.TextField(verbose_name='nama SOP')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='procedures', to='organisation.agency', verbose_name='instansi')),
            ],
            options={
                'verbose_name': 'SOP',
                'constraints': [models.UniqueConstraint(fields=('agency', 'key'), name='procedure_key_once_in_agency')],
            },
        ),
        migrations.CreateModel(
            name='ProcedureVersion',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveSmallIntegerField(verbose_name='versi')),
                ('number', models.TextField(verbose_name='nomor SOP')),
                ('created_on', models.DateField(verbose_name='tanggal pembuatan')),
                ('revised_on', models.DateField(null=True, verbose_name='tanggal revisi')),
                ('approved_on', models.DateField(null=True, verbose_name='tanggal pengesahan')),
                ('effective_on', models.DateField(null=True, verbose_name='tanggal efektif')),
                ('approved_by', models.TextField(verbose_name='disahkan oleh')),
                ('state', models.CharField(choices=[('draft', 'Rancangan'), ('approved', 'Disahkan')], default='draft', max_length=10, verbose_name='status')),
                ('content', models.JSONField(verbose_name='isi')),
                ('content_hash', models.CharField(max_length=64, verbose_name='sidik isi')),
                ('typed', models.JSONField(null=True, verbose_name='isian yang belum lengkap')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='procedures.procedure', verbose_name='SOP')),
            ],
            options={
                'verbose_name': 'versi SOP',
                'constraints': [models.UniqueConstraint(fields=('procedure', 'version'), name='version_number_once_in_procedure'), models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('procedure',), name='version_one_draft_per_procedure', violation_error_message='SOP ini sudah mempunyai rancangan.'), models.CheckConstraint(condition=models.Q(models.Q(('approved_on__isnull', False), ('state', 'approved')), models.Q(('approved_on__isnull', True), ('state', 'draft')), _connector='OR'), name='version_approved_has_date', violation_error_message='SOP yang disahkan harus mempunyai tanggal pengesahan, rancangan tidak.')],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('active', 'Berjalan'), ('closed', 'Selesai')], default='active', max_length=10, verbose_name='status')),
                ('opened_at', models.DateTimeField(verbose_name='dibuka')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='ditutup')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='procedures.procedureversion', verbose_name='versi SOP')),
            ],
            options={
                'verbose_name': 'pelaksanaan SOP',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'active')), models.Q(('closed_at__isnull', False), ('state', 'closed')), _connector='OR'), name='run_closed_has_time'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='run_closes_after_opening')],
            },
        ),
        migrations.CreateModel(
            name='StepRun',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('step', models.PositiveSmallIntegerField(verbose_name='langkah')),
                ('seq', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('actor', models.CharField(max_length=40, verbose_name='pelaksana')),
                ('state', models.CharField(choices=[('open', 'Sedang dikerjakan'), ('completed', 'Selesai'), ('returned', 'Dikembalikan')], default='open', max_length=10, verbose_name='status')),
                ('opened_at', models.DateTimeField(verbose_name='dibuka')),
                ('started_at', models.DateTimeField(null=True, verbose_name='mulai dikerjakan')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='ditutup')),
                ('closed_as', models.CharField(blank=True, max_length=80, verbose_name='ditutup sebagai')),
                ('returned_to', models.PositiveSmallIntegerField(null=True, verbose_name='dikembalikan ke langkah')),
                ('reason', models.TextField(blank=True, verbose_name='alasan')),
                ('output', models.JSONField(null=True, verbose_name='output')),
                ('standard_minutes', models.PositiveIntegerField(verbose_name='waktu baku (menit)')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='selesai di atas kertas')),
                ('paused_at', models.DateTimeField(null=True, verbose_name='dijeda sejak')),
                ('due_at', models.DateTimeField(null=True, verbose_name='jatuh tempo')),
                ('risk_at', models.DateTimeField(null=True, verbose_name='hampir jatuh tempo sejak')),
                ('waited_minutes', models.PositiveIntegerField(null=True, verbose_name='menunggu (menit kerja)')),
                ('worked_minutes', models.PositiveIntegerField(null=True, verbose_name='dikerjakan (menit kerja)')),
                ('elapsed_minutes', models.PositiveIntegerField(null=True, verbose_name='seluruhnya (menit kerja)')),
                ('calendar_version', models.PositiveIntegerField(null=True, verbose_name='dihitung dengan kalender ke')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='petugas')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='ditutup oleh')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='procedures.run', verbose_name='pelaksanaan')),
            ],
            options={
                'verbose_name': 'langkah pelaksanaan',
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['agency', 'actor', 'opened_at'], name='steprun_open_of_actor'), models.Index(condition=models.Q(('state', 'open')), fields=['assignee', 'opened_at'], name='steprun_open_of_assignee'), models.Index(fields=['agency', 'calendar_version'], name='steprun_by_calendar')],
                'constraints': [models.UniqueConstraint(fields=('run', 'seq'), name='steprun_seq_once_in_run'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('run',), name='steprun_one_open_per_run', violation_error_message='Berkas ini sudah mempunyai langkah yang terbuka.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_as', ''), ('closed_at__isnull', True), ('closed_by__isnull', True), ('state', 'open')), models.Q(('state__in', ['completed', 'returned']), ('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('closed_as', ''), _negated=True)), _connector='OR'), name='steprun_closed_has_who_and_when', violation_error_message='Langkah yang ditutup harus mencatat siapa yang menutupnya dan kapan.'), models.CheckConstraint(condition=models.Q(models.Q(('returned_to__isnull', False), ('state', 'returned'), models.Q(('reason', ''), _negated=True)), models.Q(('reason', ''), ('returned_to__isnull', True), models.Q(('state', 'returned'), _negated=True)), _connector='OR'), name='steprun_returned_has_reason', violation_error_message='Langkah yang dikembalikan harus mencatat tujuan dan alasannya.'), models.CheckConstraint(condition=models.Q(models.Q(('output__isnull', False), ('state', 'completed')), models.Q(('output__isnull', True), models.Q(('state', 'completed'), _negated=True)), _connector='OR'), name='steprun_completed_has_output', violation_error_message='Langkah yang selesai harus mencatat outputnya.'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='steprun_closes_after_opening'), models.CheckConstraint(condition=models.Q(('finished_at__isnull', True), models.Q(('finished_at__gte', models.F('started_at')), ('finished_at__lte', models.F('closed_at')), ('started_at__gte', models.F('opened_at'))), _connector='OR'), name='steprun_paper_within', violation_error_message='Pekerjaan di atas kertas terjadi sesudah berkas tiba dan sebelum dicatat.'), models.CheckConstraint(condition=models.Q(('paused_at__isnull', True), models.Q(('started_at__isnull', False), ('state', 'open')), _connector='OR'), name='steprun_paused_while_open')],
            },
        ),
        migrations.CreateModel(
            name='StepPause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.DateTimeField(verbose_name='mulai')),
                ('end', models.DateTimeField(verbose_name='selesai')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee', verbose_name='oleh')),
                ('step_run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='procedures.steprun', verbose_name='langkah')),
            ],
            options={
                'verbose_name': 'jeda',
                'ordering': ['start', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='pause_ends_after_start')],
            },
        ),
    ]
