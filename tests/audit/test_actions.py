from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.audit.conftest import RINA

from takar.audit.actions import record, record_many
from takar.audit.canonical import FIELDS, NO_PREVIOUS, event_hash
from takar.audit.context import using
from takar.audit.models import Event
from takar.audit.queries import events_of
from takar.audit.types import By, Draft
from takar.common import clock

Act = Callable[..., Event]


def test_record_keeps_who_as_what_when_through_what_and_why(act: Act) -> None:
    with using(channel="web", address="10.0.0.7", request_id="r1"):
        event = act(subject="form:9", before={"nilai": Decimal("75.5")}, after={"nilai": None}, reason="salah ketik")
    stored = Event.objects.values(*FIELDS, "hash").get()
    assert stored == {
        "stream": "case:1",
        "seq": 1,
        "at": event.at,
        "actor_id": RINA.id,
        "actor_name": "Rina Wulandari",
        "acting_as": "Kasubbag Umum dan Kepegawaian",
        "verb": "step.completed",
        "subject": "form:9",
        "before": {"nilai": "75.5"},
        "after": {"nilai": None},
        "reason": "salah ketik",
        "channel": "web",
        "address": "10.0.0.7",
        "request_id": "r1",
        "previous": NO_PREVIOUS,
        "hash": event_hash(stored),
    }


def test_record_of_the_system_names_the_program(act: Act) -> None:
    event = act(by=By.system())
    assert (event.actor_id, event.actor_name, event.acting_as, event.channel) == ("", "Takar", "sistem", "system")


def test_record_chains_each_stream_by_itself(act: Act) -> None:
    first, other, second = act("case:1"), act("case:2"), act("case:1")
    assert [(event.seq, event.previous) for event in (first, other, second)] == [
        (1, NO_PREVIOUS),
        (1, NO_PREVIOUS),
        (2, first.hash),
    ]
    assert [event.pk for event in events_of("case:1")] == [first.pk, second.pk]


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError, match="belongs in the transaction"):
        record(stream="case:1", verb="step.completed", by=RINA)
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_record_goes_with_the_act_that_fails() -> None:
    @transaction.atomic
    def failing_act() -> None:
        record(stream="case:1", verb="step.completed", by=RINA)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        failing_act()
    assert Event.objects.count() == 0


def test_record_many_makes_the_same_chain_as_one_by_one(act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    streams = ["a", "b", "a", "a", "c", "b"]
    for number, stream in enumerate(streams):
        act(f"one:{stream}", after={"n": number})
    assert (
        record_many(
            Draft(stream=f"many:{s}", verb="step.completed", by=RINA, after={"n": n}) for n, s in enumerate(streams)
        )
        == 6
    )
    for stream in "abc":
        one, many = (list(events_of(f"{prefix}:{stream}").values("seq", "at", "after")) for prefix in ("one", "many"))
        assert many == one


def test_record_many_goes_on_where_each_stream_stands(act: Act) -> None:
    act("case:1")
    last = act("case:1")
    record_many(Draft(stream=stream, verb="closed", by=RINA) for stream in ("case:2", "case:1", "case:1"))
    numbers = list(Event.objects.order_by("id").values_list("stream", "seq"))[2:]
    assert numbers == [("case:2", 1), ("case:1", 3), ("case:1", 4)]
    assert Event.objects.get(stream="case:1", seq=3).previous == last.hash


def test_record_many_of_nothing_writes_nothing(db: None) -> None:
    assert record_many([]) == 0


def test_record_many_needs_as_many_statements_for_many_streams(db: None) -> None:
    statements = []
    for count in (1, 50):
        with CaptureQueriesContext(connection) as captured:
            record_many(Draft(stream=f"case:{count}.{number}", verb="opened", by=RINA) for number in range(count))
        statements.append(len(captured))
    assert statements[0] == statements[1]


def test_record_many_of_ten_thousand_streams_needs_few_statements(db: None, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(200):
        record_many(Draft(stream=f"case:{number}", verb="opened", by=RINA) for number in range(10_000))
    assert Event.objects.filter(seq=1, previous=NO_PREVIOUS).count() == 10_000


@pytest.mark.parametrize("sql", ["UPDATE audit_event SET reason = 'lain'", "DELETE FROM audit_event"])
def test_database_refuses_to_change_an_event(act: Act, sql: str) -> None:
    event = act()
    with pytest.raises(IntegrityError, match="Tabel audit_event hanya dapat ditambah"), transaction.atomic():
        connection.cursor().execute(sql)
    assert Event.objects.get() == event


def test_database_refuses_a_second_event_in_the_same_place(act: Act) -> None:
    event = act()
    event.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save(force_insert=True)
