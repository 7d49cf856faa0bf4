"""The forms of the SOP's review are asked for once, before their time is over, in office hours, until they are signed."""

import datetime as dt

import pytest
from tests.office import NOW, Office

from takar.common import clock
from takar.files.models import StoredFile
from takar.jobs.actions import enqueue
from takar.jobs.worker import work_off
from takar.notices.models import Notice
from takar.review.enums import FormKind
from takar.review.forms import begin_form, span_on
from takar.review.models import SopForm


def told(office: Office, monkeypatch: pytest.MonkeyPatch, moment: str) -> list[tuple[str, str]]:
    """Who has been told what until this moment of the office's clock."""
    now = dt.datetime.fromisoformat(moment).replace(tzinfo=clock.office_zone())
    monkeypatch.setattr(clock, "now", lambda: now)
    enqueue(actor=None, kind="review.remind")
    work_off()
    rows = Notice.objects.filter(place="reviews").order_by("person__name", "key")
    return [(row.person.name, row.text.split(" masa ")[0]) for row in rows.select_related("person")]


def test_both_offices_are_told_once_two_weeks_before_the_end(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    half = [(name, "Formulir Pemantauan SOP") for name in ("Kania Dewi", "Sri Lestari")]
    assert told(office, monkeypatch, "2026-06-15 10:00") == []
    assert told(office, monkeypatch, "2026-06-16 23:00") == []
    assert told(office, monkeypatch, "2026-06-17 10:00") == half
    assert told(office, monkeypatch, "2026-06-18 10:00") == half
    text = Notice.objects.filter(place="reviews")[0].text
    assert text == (
        "Formulir Pemantauan SOP masa 1 Januari s.d. 30 Juni 2026 belum ditandatangani; selesaikan paling lambat "
        "30 Juni 2026."
    )
    assert len(told(office, monkeypatch, "2026-12-21 10:00")) == 6


def test_a_signed_form_is_not_asked_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    form = begin_form(
        actor=office.kasubbag, version=office.period.version, span=span_on(FormKind.MONITORING, dt.date(2026, 1, 12))
    )
    file = StoredFile.objects.create(
        sha256="0" * 64, size=1, media_type="application/pdf", name="x.pdf", created_at=NOW
    )
    SopForm.objects.filter(pk=form.pk).update(signed_at=NOW, signed_by=office.kasubbag, signed_as="Kasubbag", file=file)
    assert told(office, monkeypatch, "2026-06-17 10:00") == []
