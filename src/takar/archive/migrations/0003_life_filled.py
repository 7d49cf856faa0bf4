from django.conf import settings
from django.db import migrations
from zoneinfo import ZoneInfo

from takar.archive.fulltext import words_of


def fill(apps, _editor):
    zone = ZoneInfo(settings.TIME_ZONE)
    box, shelf, deposit, words = (apps.get_model("archive", name) for name in ("Box", "Shelf", "Deposit", "Words"))
    for row in box.objects.filter(shelf=None).iterator():
        row.shelf, _ = shelf.objects.get_or_create(agency_id=row.agency_id, code=row.shelf_name)
        row.save(update_fields=["shelf"])
    for row in deposit.objects.filter(file=None).select_related("document").iterator():
        row.file_id = row.document.signed_file_id or row.document.file_id
        row.subject_id, row.closed_on = row.document.subject_id, row.archived_at.astimezone(zone).date()
        row.save(update_fields=["file", "subject", "closed_on"])
        words.objects.create(deposit=row, body=words_of(row.number, row.name, row.nip, row.document.data))


class Migration(migrations.Migration):
    """What was archived before keeps its shelf, its content and its person."""

    dependencies = [("archive", "0002_life")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
