"""The first act of an empty installation; apart from the tests that are lent an office."""

from tests.office import PASSWORD, TODAY

from takar.audit.models import Event
from takar.organisation.actions import create_office
from takar.organisation.models import Agency, Employee
from takar.organisation.queries import roles_of


def test_first_office_has_its_administrator_alone(db: None, at_noon: None) -> None:
    admin = create_office(
        name="Dinas Contoh",
        short_name="DINCO",
        region="Kabupaten Contoh",
        place="Contoh",
        nip="197001011995011001",
        admin_name="Arif",
        password=PASSWORD,
    )
    assert (list(Employee.objects.all()), list(Agency.objects.all())) == ([admin], [admin.agency])
    assert roles_of(admin, TODAY) == {"admin"}
    event = Event.objects.get()
    assert (event.verb, event.actor_name) == ("agency.created", "Arif")
