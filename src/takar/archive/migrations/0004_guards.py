import django.db.models.deletion
from django.db import migrations, models

from takar.archive.fulltext import make_index
from takar.common.triggers import append_only, frozen_when

FACTS = [
    "agency_id", "document_id", "package_id", "file_id", "record_id", "kind", "number", "name", "nip", "year",
    "archived_at", "archived_by_id",
]  # fmt: skip
LIST = ["agency_id", "kind", "number", "state", "years", "started_at", "started_by_id", "file_id"]
HELD = [
    "agency_id", "case_key", "deposit_id", "ground", "reference", "placed_at", "placed_by_id", "lifted_at",
    "lifted_by_id", "lift_reason",
]  # fmt: skip


class Migration(migrations.Migration):
    """What is archived stays, acts stay for ever, and every word can be found."""

    dependencies = [("archive", "0003_life_filled")]

    operations = [
        migrations.RemoveField(model_name="box", name="shelf_name"),
        migrations.AlterField(
            model_name="box",
            name="shelf",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="boxes",
                to="archive.shelf",
                verbose_name="rak",
            ),
        ),
        migrations.AlterField(
            model_name="deposit",
            name="closed_on",
            field=models.DateField(verbose_name="selesai (closed file)"),
        ),
        migrations.AlterField(
            model_name="deposit",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
                verbose_name="isi",
            ),
        ),
        frozen_when("archive_deposit", "OLD.id IS NOT NULL", FACTS, name="facts"),
        append_only("archive_boxmove"),
        append_only("archive_stockline"),
        append_only("archive_package"),
        frozen_when("archive_hold", "OLD.lifted_at IS NOT NULL", HELD, name="lifted"),
        frozen_when("archive_reduction", "OLD.state <> 'berjalan'", LIST, name="ended"),
        frozen_when(
            "archive_reductionitem",
            "OLD.verdict <> ''",
            ["reduction_id", "deposit_id", "description", "verdict", "note"],
            name="appraised",
        ),
        append_only("archive_reductionact"),
        make_index(),
    ]
