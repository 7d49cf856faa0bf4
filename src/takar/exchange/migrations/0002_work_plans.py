from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='importbatch',
            name='kind',
            field=models.CharField(choices=[('pegawai', 'Daftar pegawai dan peran'), ('target', 'Target SKP (PP 46/2011)'), ('skp6', 'SKP (PermenPANRB 6/2022)')], max_length=10, verbose_name='jenis'),
        ),
    ]
