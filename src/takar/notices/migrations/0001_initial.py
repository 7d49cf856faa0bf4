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
            name='Preference',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='preference', serialize=False, to='organisation.employee', verbose_name='pegawai')),
                ('shown', models.JSONField(default=list, verbose_name='di dalam program')),
                ('mailed', models.JSONField(default=list, verbose_name='lewat surel')),
                ('rhythm', models.CharField(choices=[('daily', 'Sekali, pada awal hari kerja'), ('twice', 'Dua kali: pagi dan sesudah istirahat'), ('hourly', 'Setiap jam, bila ada yang baru')], default='twice', max_length=10, verbose_name='surel datang')),
                ('address', models.EmailField(blank=True, max_length=254, verbose_name='alamat surel')),
                ('asked_address', models.EmailField(blank=True, max_length=254, verbose_name='alamat yang menunggu konfirmasi')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='sidik kode konfirmasi')),
                ('asked_at', models.DateTimeField(null=True, verbose_name='kode dikirim')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='percobaan kode')),
            ],
            options={
                'verbose_name': 'pengaturan pemberitahuan',
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('slot', models.CharField(max_length=40, verbose_name='waktu kirim')),
                ('address', models.EmailField(max_length=254, verbose_name='alamat')),
                ('subject', models.CharField(max_length=200, verbose_name='perihal')),
                ('body', models.TextField(verbose_name='isi')),
                ('message_id', models.CharField(max_length=120, verbose_name='Message-ID')),
                ('created_at', models.DateTimeField(verbose_name='ditulis')),
                ('claimed_until', models.DateTimeField(null=True, verbose_name='sedang dikirim sampai')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='percobaan')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='terkirim')),
                ('error', models.CharField(blank=True, max_length=300, verbose_name='kesalahan terakhir')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='organisation.employee', verbose_name='kepada')),
            ],
            options={
                'verbose_name': 'surel',
                'ordering': ['-created_at'],
                'indexes': [models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['created_at'], name='letter_to_send')],
                'constraints': [models.UniqueConstraint(fields=('person', 'slot'), name='letter_once_in_slot')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=160, verbose_name='kunci')),
                ('kind', models.CharField(choices=[('arrived', 'Berkas tiba di langkah saya'), ('near', 'Hampir jatuh tempo'), ('due', 'Jatuh tempo'), ('raised', 'Keterlambatan yang dinaikkan kepada saya'), ('legal', 'Tenggat menurut peraturan'), ('archive', 'Salinan untuk saya, pinjaman arsip')], max_length=10, verbose_name='jenis')),
                ('text', models.TextField(verbose_name='isi')),
                ('place', models.CharField(choices=[('case', 'berkas'), ('tasks', 'tugas'), ('cases', 'daftar berkas'), ('copies', 'salinan saya'), ('loans', 'peminjaman arsip')], max_length=10, verbose_name='tempat')),
                ('case_key', models.UUIDField(null=True, verbose_name='berkas')),
                ('step', models.PositiveSmallIntegerField(null=True, verbose_name='langkah')),
                ('created_at', models.DateTimeField(verbose_name='dibuat')),
                ('read_at', models.DateTimeField(null=True, verbose_name='dibaca')),
                ('shown', models.BooleanField(verbose_name='di dalam program')),
                ('mailed', models.BooleanField(verbose_name='lewat surel')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency', verbose_name='instansi')),
                ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notices', to='notices.letter', verbose_name='surel')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='organisation.employee', verbose_name='kepada')),
            ],
            options={
                'verbose_name': 'pemberitahuan',
                'ordering': ['-created_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('shown', True)), fields=['person', '-created_at', '-id'], name='notice_list'), models.Index(condition=models.Q(('read_at__isnull', True), ('shown', True)), fields=['person'], name='notice_unread'), models.Index(condition=models.Q(('letter__isnull', True), ('mailed', True)), fields=['person'], name='notice_to_mail')],
                'constraints': [models.UniqueConstraint(fields=('person', 'key'), name='notice_once')],
            },
        ),
    ]
