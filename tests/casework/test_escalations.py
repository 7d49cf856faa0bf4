"""When a late step rises and to whom: what the office decides, refused where it makes no sense, and followed."""

import datetime as dt

import pytest
from tests.office import NOW, Office

from takar.audit.queries import events_of
from takar.casework.escalations import Rise, rise, rules_of, usual
from takar.casework.models import Case, Reminder
from takar.common import clock
from takar.jobs.actions import enqueue
from takar.jobs.worker import work_off
from takar.notices.models import Notice

PAGE = "/kantor/pengingat/"
Levels = list[tuple[str, str]]


def typed(office: Office, changes: dict[int, Levels]) -> dict[str, str]:
    """The page's form as it is shown, with other levels for some steps."""
    actors = ["staf", "kasubbag", "staf", "atasan_langsung", "pegawai", "staf", "kasubbag"]
    sent = {"tindakan": "simpan"}
    for number, actor in enumerate(actors, start=1):
        as_usual = [(f"{each.minutes / 60:g}".replace(".", ","), each.whom) for each in usual(actor)]
        for level, (hours, whom) in enumerate(changes.get(number, as_usual), start=1):
            sent |= {f"jam-{number}-{level}": hours, f"kepada-{number}-{level}": whom}
    return sent


def test_what_is_as_usual_is_not_kept(office: Office) -> None:
    assert usual("kasubbag") == [Rise(450, "sekretaris"), Rise(900, "kepala")]
    assert office.client("kasubbag").post(PAGE, typed(office, {})).status_code == 302
    assert rules_of(office.agency) == {}


def test_the_office_decides_for_a_step_and_the_record_tells(office: Office) -> None:
    sent = typed(office, {2: [("2", "kepala"), ("7,5", "sekretaris")], 5: []})
    assert office.client("kasubbag").post(PAGE, sent).status_code == 302
    rules = rules_of(office.agency)
    assert rules == {"check": [Rise(120, "kepala"), Rise(450, "sekretaris")], "sign": []}
    assert [rise(rules, kind, "kasubbag", level) for kind, level in (("check", 1), ("check", 3), ("archive", 1))] == [
        Rise(120, "kepala"),
        None,
        Rise(450, "sekretaris"),
    ]
    event = events_of(f"agency:{office.agency.pk}").last()
    assert event is not None
    assert (event.verb, event.before, event.after) == (
        "escalations.changed",
        {},
        {"check": [[120, "kepala"], [450, "sekretaris"]], "sign": []},
    )
    shown = office.client("kasubbag").get(PAGE).content.decode()
    assert (shown.count("Diatur kantor ini."), shown.count("Seperti bawaan program.")) == (2, 5)


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ([("nol", "kepala")], "Isi berapa jam kerja sesudah jatuh tempo"),
        ([("0", "kepala")], "Isi berapa jam kerja sesudah jatuh tempo"),
        ([("201", "kepala")], "paling lama 200"),
        ([("4", "")], "Pilih siapa yang diberi tahu"),
        ([("4", "bupati")], "Pilih siapa yang diberi tahu"),
        ([("4", "kasubbag")], "adalah pelaksana langkah ini sendiri"),
        ([("", ""), ("4", "kepala")], "isilah berurutan"),
        ([("4", "sekretaris"), ("4", "kepala")], "harus lebih lama daripada tingkat sebelumnya"),
        ([("4", "kepala"), ("8", "kepala")], "sudah diberi tahu pada tingkat sebelumnya"),
    ],
)
def test_nonsense_is_refused_in_words_and_stays_typed(office: Office, levels: Levels, told: str) -> None:
    answer = office.client("kasubbag").post(PAGE, typed(office, {2: levels}))
    shown = answer.content.decode()
    assert (answer.status_code, told in shown, rules_of(office.agency)) == (422, True, {})
    assert f'name="jam-2-1" value="{levels[0][0]}"' in shown


def test_reminders_follow_what_was_decided(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hours after the due moment the Kepala is told; of a step without any level nobody is, and it is done with."""
    case, other = office.at_step(2), office.case("rekan")
    sent = typed(office, {1: [], 2: [("2", "kepala")]})
    assert office.client("kasubbag").post(PAGE, sent).status_code == 302
    Case.objects.filter(pk__in=[case.pk, other.pk]).update(due_at=NOW, risk_at=NOW)
    Case.objects.exclude(pk__in=[case.pk, other.pk]).update(due_at=None, risk_at=None)
    for minutes, expected in ((119, 0), (121, 1)):
        now = NOW + dt.timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        enqueue(actor=None, kind="casework.remind")
        work_off()
        assert Notice.objects.filter(person=office.kepala, kind="raised").count() == expected
    assert Notice.objects.filter(kind="raised").count() == 1
    assert Reminder.objects.filter(case=other, stage="naik-1").count() == 1
