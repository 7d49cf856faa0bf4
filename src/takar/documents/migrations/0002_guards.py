"""What the database itself refuses to change in this room."""

from django.db import migrations

from takar.common.triggers import append_only, frozen_when


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        append_only("documents_copy"),
        append_only("documents_copyevent"),
        frozen_when("documents_document", "OLD.signed_file_id IS NOT NULL", ["signed_file_id"], name="signed"),
        append_only("documents_signature"),
        append_only("documents_authority"),
        append_only("documents_withdrawal"),
        frozen_when("documents_certificate", "OLD.id IS NOT NULL", ["authority_id", "employee_id", "name", "serial", "fingerprint", "certificate", "key", "issued_at", "expires_at"], name="issued"),
        frozen_when("documents_certificate", "OLD.revoked_at IS NOT NULL", ["revoked_at", "revoked_by_id", "revoked_reason"], name="revoked"),
        frozen_when("documents_document", "OLD.id IS NOT NULL", ["agency_id", "kind", "number", "year", "subject_id", "case_key", "file_id", "issued_at", "replaces_id", "key"], name="issued"),
        frozen_when("documents_document", "OLD.destroyed_at IS NULL", ["data"], name="content"),
        frozen_when("documents_document", "OLD.destroyed_at IS NOT NULL", ["destroyed_at"], name="destroyed"),
    ]
