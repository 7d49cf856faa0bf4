"""The short form of the run over the API; the long one is bench/fuzz.py."""

from django.db import connection
from tests.fuzz.api import fuzz
from tests.office import Office

from takar.api import door
from takar.appraisal.queries import irreproducible_results
from takar.audit.queries import verify_chains
from takar.casework.models import Case

EXAMPLES, START = 8, 20260112


def test_api_keeps_to_its_description_whatever_it_is_asked(office: Office) -> None:
    """No 500, every answer as described, and nothing half-written afterwards."""
    limits = [(window, window.most) for window in (door.EVERY_ADDRESS, door.EVERY_TOKEN, door.WRONG_KEYS)]
    office.at_step(8)
    office.at_step(4, of="rekan")
    try:
        report = fuzz(office, EXAMPLES, START)
    finally:
        for window, most in limits:
            window.most = most
    assert len(report.seen) == 31
    assert report.requests >= 31 * EXAMPLES // 2
    assert list(verify_chains()) == []
    assert list(irreproducible_results()) == []
    assert [case.code for case in Case.objects.order_by("pk") if bool(case.step) != bool(case.open_step_id)] == []
    connection.check_constraints()
