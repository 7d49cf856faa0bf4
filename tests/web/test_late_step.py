"""A late step is reminded, escalated and done: what its people see of it on their pages."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.office import Office
from tests.web.browsing import words

from takar.casework.models import Case
from takar.common import clock
from takar.jobs.actions import enqueue
from takar.jobs.worker import work_off


def test_late_step_is_reminded_escalated_and_done(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    Case.objects.exclude(employee=office.pegawai).update(due_at=None, risk_at=None)
    case = office.case()

    def at(text: str) -> None:
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=clock.office_zone())
        monkeypatch.setattr(clock, "now", lambda: moment)
        office.clients.clear()  # whoever comes back hours later signs in anew
        enqueue(actor=None, kind="casework.remind")
        work_off()

    at("2026-01-12 12:00")  # the break: nobody is told
    assert "Belum ada pemberitahuan." in words(office.client("staf").get(reverse("notices")))
    at("2026-01-12 13:00")
    staf = office.client("staf")
    assert unread(staf) == 1
    assert "1 terlambat" in words(staf.get(reverse("home")))
    late = words(staf.get(reverse("tasks"), {"waktu": "terlambat"}))
    assert "Putri Maharani" in late
    assert "Rudi Hartawan" not in late
    at("2026-01-13 13:00")
    staf, kasubbag = office.client("staf"), office.client("kasubbag")
    page = kasubbag.get(reverse("notices"))
    assert "Terlambat dan dinaikkan kepada Anda: langkah 1, berkas Putri Maharani" in words(page)
    chosen = re.search(r'name="pilih" value="([0-9a-f-]+)"', page.content.decode())
    assert chosen is not None
    opened = kasubbag.post(reverse("notices"), {"pilih": chosen[1], "buka": "1"})
    assert (opened.headers["Location"], unread(kasubbag)) == (reverse("case", args=[case.pk]), 0)
    staf.post(reverse("step_clock", args=[case.task_id]), {"tindakan": "mulai"})
    assert "Dikerjakan sejak 13 Januari 2026 pukul 13.00 WITA" in words(staf.get(reverse("step", args=[case.task_id])))
    at("2026-01-13 13:30")
    office.do_step()
    assert "menunggu 10 jam, dikerjakan 30 menit dari 2 jam (terlambat)" in words(
        office.client("kasubbag").get(reverse("case", args=[case.pk]))
    )


def unread(browser: Client) -> int:
    """The number beside the link to the notices."""
    found = re.search(r"Pemberitahuan (\d+)", words(browser.get(reverse("sop"))))
    return int(found[1]) if found else 0
