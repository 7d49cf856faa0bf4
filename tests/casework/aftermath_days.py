"""Days and acts after the approval, for the tests of what follows it."""

import datetime as dt
from typing import Any

import pytest
from tests.office import NOW, PASSWORD, TODAY, Office

from takar.casework.acts import record_act
from takar.casework.models import Act
from takar.common import clock

FACTS: dict[str, tuple[tuple[str, str], ...]] = {
    "approved": (),
    "objected": (("pegawai", "object"),),
    "heard": (("pegawai", "object"), ("atasan", "respond"), ("kepala", "hear_employee")),
    "decided": (("pegawai", "object"), ("atasan", "respond"), ("kepala", "hear_employee"), ("kepala", "confirm")),
    "forwarded": (("atasan", "forward"),),
}


def on_day(monkeypatch: pytest.MonkeyPatch, day: int) -> dt.date:
    """Let it be that many days after the approval, at half past nine in the office."""
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=day))
    return TODAY + dt.timedelta(days=day)


def act(office: Office, who: str, kind: str, **more: Any) -> Act:
    """One act on the case of "pegawai", well filled in."""
    given = {"text": f"Isi {kind}.", "password": PASSWORD, **more}
    return record_act(actor=office.people[who], case_id=office.case().pk, kind=kind, **given)


def acts(office: Office, name: str) -> None:
    for who, kind in FACTS[name]:
        act(office, who, kind)
