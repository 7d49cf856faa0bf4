"""What the database itself refuses to change in this room, and the index of words."""

from django.db import migrations

from takar.archive.fulltext import make_index
from takar.common.triggers import append_only, frozen_when


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]

    operations = [
        frozen_when("archive_deposit", "OLD.id IS NOT NULL", ["agency_id", "document_id", "package_id", "file_id", "record_id", "kind", "number", "name", "nip", "year", "archived_at", "archived_by_id"], name="facts"),
        append_only("archive_boxmove"),
        append_only("archive_stockline"),
        append_only("archive_package"),
        frozen_when("archive_hold", "OLD.lifted_at IS NOT NULL", ["agency_id", "case_key", "deposit_id", "ground", "reference", "placed_at", "placed_by_id", "lifted_at", "lifted_by_id", "lift_reason"], name="lifted"),
        frozen_when("archive_reduction", "OLD.state <> 'berjalan'", ["agency_id", "kind", "number", "state", "years", "started_at", "started_by_id", "file_id"], name="ended"),
        frozen_when("archive_reductionitem", "OLD.verdict <> ''", ["reduction_id", "deposit_id", "description", "verdict", "note"], name="appraised"),
        append_only("archive_reductionact"),
        make_index(),
    ]
