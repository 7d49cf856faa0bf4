from django.db import migrations

from takar.common.triggers import append_only, frozen_when

ISSUED = ["agency_id", "kind", "number", "year", "subject_id", "case_key", "data", "file_id", "issued_at"]


class Migration(migrations.Migration):
    """An issued document, its signatures and the register of its copies are never changed, whoever asks."""

    dependencies = [("documents", "0001_initial")]

    operations = [
        frozen_when("documents_document", "OLD.id IS NOT NULL", ISSUED, name="issued"),
        frozen_when("documents_document", "OLD.signed_file_id IS NOT NULL", ["signed_file_id"], name="signed"),
        append_only("documents_signature"),
        append_only("documents_copy"),
    ]
