"""While a GET is answered the database refuses to write; the next request on the same connection may write again."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import InternalError, OperationalError, connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from tests.office import Office
from tests.races.databases import default_database

from takar.organisation.models import Unit
from takar.web.middleware import ReadsCannotWrite

REFUSED = (InternalError, OperationalError)


@pytest.fixture
def one_connection(office: Office) -> Iterator[None]:
    """As in an office that runs on PostgreSQL: requests take turns on the connections of a pool, here of one."""
    options = {"pool": {"min_size": 1, "max_size": 1}} if connection.vendor == "postgresql" else None
    described = connections.settings["default"] | ({"OPTIONS": options} if options else {})
    with default_database(described, settings.DATA_DIR):
        yield
        if options:
            connection.close()
            connections["default"].close_pool()  # type: ignore[attr-defined]


def request(method: str, view: Callable[[HttpRequest], Any]) -> None:
    """One request, after which its connection goes back where it came from."""
    try:
        ReadsCannotWrite(view)(RequestFactory().generic(method, "/"))
    finally:
        if connection.vendor == "postgresql":
            connection.close()


def reading(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Unit.objects.count()))


def writing(request: HttpRequest) -> HttpResponse:
    Unit.objects.create(agency_id=Unit.objects.order_by("name")[0].agency_id, name=f"Unit {request.method}")
    return HttpResponse()


def failing(_request: HttpRequest) -> HttpResponse:
    raise LookupError


def failing_halfway(_request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        Unit.objects.count()
        raise LookupError


def failing_in_the_database(_request: HttpRequest) -> HttpResponse:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / (SELECT count(*) FROM no_such_table)")
    return HttpResponse()


def written(method: str) -> bool:
    return Unit.objects.filter(name=f"Unit {method}").exists()


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_cannot_write(one_connection: None, method: str) -> None:
    with pytest.raises(REFUSED):
        request(method, writing)
    assert not written(method)


@pytest.mark.parametrize("view", [reading, writing, failing, failing_halfway, failing_in_the_database])
def test_next_request_may_write(one_connection: None, view: Callable[[HttpRequest], HttpResponse]) -> None:
    try:
        request("GET", view)
    except (LookupError, *REFUSED):
        pass
    except Exception as error:  # noqa: BLE001 -- whatever it was, the next request is what counts
        assert "no_such_table" in str(error)
    request("POST", writing)
    assert written("POST")
