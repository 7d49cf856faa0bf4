"""The event log of a period as XES (IEEE 1849), one trace a case, written while it is read."""

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from django.conf import settings

from takar.casework.models import Period
from takar.organisation.models import Employee
from takar.procedures.enums import StepState
from takar.procedures.models import StepRun
from takar.review.policies import check_can_oversee
from takar.review.visits import Passage, passages

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/><date key="time:timestamp" value="1970-01-01T00:00:00Z"/>\
<string key="lifecycle:transition" value="complete"/></global>
<classifier name="Langkah" keys="concept:name lifecycle:transition"/>
"""
PSEUDONYM = 12


def event_log(*, reader: Employee, period: Period, pseudonymous: bool = True) -> Iterator[str]:
    """The log in portions. Pseudonyms are the same in every log of this installation and tell nobody's number."""
    check_can_oversee(reader, period.agency)
    return _log(period, pseudonymous=pseudonymous)


def _log(period: Period, *, pseudonymous: bool) -> Iterator[str]:
    yield HEAD + _string("concept:name", period.name) + "\n"
    for passage in passages(period):
        yield "".join(_trace(passage, pseudonymous=pseudonymous))
    yield "</log>\n"


def _trace(passage: Passage, *, pseudonymous: bool) -> Iterator[str]:
    name = _hidden("berkas", str(passage.case)) if pseudonymous else passage.code
    yield f"<trace>{_string('concept:name', name)}"
    for row in passage.steps:
        yield from _events(passage, row, pseudonymous=pseudonymous)
    yield "</trace>\n"


def _events(passage: Passage, row: StepRun, *, pseudonymous: bool) -> Iterator[str]:
    step = passage.flow.step(row.step)
    role = _string("org:role", passage.flow.owner(step).label)
    what = _string("concept:name", step.description) + _int("takar:langkah", row.step) + role
    yield _event(what, "schedule", row.opened_at)
    if row.started_at is not None:
        yield _event(what, "start", row.started_at)
    if row.closed_at is not None and row.closed_by is not None:
        who = _hidden("pelaku", str(row.closed_by_id)) if pseudonymous else row.closed_by.full_name
        done = what + _string("org:resource", who) + _string("takar:sebagai", row.closed_as)
        done += _int("takar:waktu_baku", row.standard_minutes)
        if row.state == StepState.RETURNED:
            done += _int("takar:kembali_ke", row.returned_to or 0)
        yield _event(done, "complete" if row.state == StepState.COMPLETED else "ate_abort", row.closed_at)


def _event(what: str, transition: str, at: dt.datetime) -> str:
    moment = at.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    return f'<event>{what}{_string("lifecycle:transition", transition)}<date key="time:timestamp" value="{moment}"/></event>'


def _string(key: str, value: str) -> str:
    return f"<string key={quoteattr(key)} value={quoteattr(value)}/>"


def _int(key: str, value: int) -> str:
    return f"<int key={quoteattr(key)} value={quoteattr(str(value))}/>"


def _hidden(kind: str, identifier: str) -> str:
    """Keyed with the installation's secret, so that nobody finds a person by trying identifiers."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"xes:{kind}:{identifier}".encode(), hashlib.sha256).hexdigest()
    return f"{kind}-{digest[:PSEUDONYM]}"
