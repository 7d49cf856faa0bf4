"""One change of an office's lists at a time."""

from takar.organisation.models import Agency


def one_at_a_time(agency: Agency) -> None:
    """Whoever changes the same office at the same moment waits, and then sees what was changed.

    The agency's key is left free, so that work on its cases goes on meanwhile.
    """
    Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
