import django.db.models.deletion
import takar.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=40, unique=True, verbose_name='NIP atau nama pengguna')),
                ('name', models.CharField(max_length=200, verbose_name='nama')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('created_at', models.DateTimeField(verbose_name='dibuat')),
            ],
            options={
                'verbose_name': 'akun',
            },
        ),
        migrations.CreateModel(
            name='Attempts',
            fields=[
                ('key', models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name='kunci')),
                ('count', models.PositiveSmallIntegerField(default=0, verbose_name='jumlah')),
                ('since', models.DateTimeField(verbose_name='sejak')),
            ],
            options={
                'verbose_name': 'percobaan',
            },
        ),
        migrations.CreateModel(
            name='Activation',
            fields=[
                ('id', models.UUIDField(default=takar.common.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64, verbose_name='sidik kode')),
                ('expires_at', models.DateTimeField(verbose_name='berlaku sampai')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='activation', to=settings.AUTH_USER_MODEL, verbose_name='akun')),
            ],
            options={
                'verbose_name': 'kode aktivasi',
            },
        ),
    ]
