"""An act that fails late leaves nothing: no row, no event, no number, and its step open for the next try."""

import datetime as dt
import errno
import os
from collections.abc import Callable
from typing import Any

import pytest
from tests.office import Office
from tests.races.conftest import AT
from tests.races.test_acts import advancing, attaching, returning
from tests.races.truth import all_rows, assert_sound

from takar.casework import actions as casework
from takar.common import clock
from takar.common.errors import DomainError
from takar.documents import editions
from takar.documents.signing import stamp
from takar.procedures.models import StepRun


class BrokenError(Exception):
    """Something that nobody foresaw."""


def broken(*_args: object, **_words: object) -> Any:
    raise BrokenError


def full(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", AT)
def test_step_that_fails_at_its_very_end_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    act, before = advancing(office, office.case(AT[step])), all_rows()
    with monkeypatch.context() as patch:
        patch.setattr(casework, "record", broken)
        with pytest.raises(BrokenError):
            act()
    assert all_rows() == before
    assert act().step == (step + 1) % 8
    assert_sound()


def test_return_that_fails_at_its_very_end_leaves_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    act, before = returning(office, office.case(AT[2]), 1), all_rows()
    with monkeypatch.context() as patch:
        patch.setattr(casework, "record", broken)
        with pytest.raises(BrokenError):
            act()
    assert all_rows() == before
    assert act().step == 1


@pytest.mark.parametrize("step", [4, 5])
def test_document_that_cannot_be_printed_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    act, before = advancing(office, office.case(AT[step])), all_rows()
    with monkeypatch.context() as patch:
        patch.setattr(editions if step == 4 else stamp, "render" if step == 4 else "typeset", broken)
        with pytest.raises(BrokenError):
            act()
    assert all_rows() == before
    assert act().step == step + 1
    assert_sound()


@pytest.mark.parametrize("act_of", [advancing, lambda office, case: returning(office, case, 1)])
def test_clock_that_is_set_back_does_not_stop_the_office(
    office: Office, monkeypatch: pytest.MonkeyPatch, act_of: Callable[[Office, Any], Callable[[], Any]]
) -> None:
    case = office.case(AT[2])
    monkeypatch.setattr(clock, "now", lambda: case.since - dt.timedelta(minutes=5))
    act_of(office, case)()
    opened, closed = StepRun.objects.filter(run=case.run).order_by("-seq")[:2]
    assert (closed.opened_at, closed.closed_at, opened.opened_at) == (case.since,) * 3
    assert_sound()


FULL = "Berkas tidak disimpan: ruang penyimpanan penuh; kosongkan ruang atau tambah kapasitasnya."


@pytest.mark.parametrize("step", [4, 5])
def test_full_disk_leaves_the_step_open(office: Office, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    act, before = advancing(office, office.case(AT[step])), all_rows()
    with monkeypatch.context() as patch, pytest.raises(DomainError) as told:
        patch.setattr("takar.files.store.os.fsync", full)
        act()
    assert told.value.message == FULL
    assert all_rows() == before
    assert act().step == step + 1
    assert_sound()


def test_full_disk_takes_no_evidence(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    act, before = attaching(office.case(AT[1]), office.staf, "bukti.pdf"), all_rows()
    with monkeypatch.context() as patch, pytest.raises(DomainError) as told:
        patch.setattr("takar.files.store.os.fsync", full)
        act()
    assert told.value.message == FULL
    assert all_rows() == before
    assert_sound()
