import datetime as dt

import pytest
from tests.office import Office

from takar.audit.models import Event
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed
from takar.organisation.calendar import HolidayData, add_holidays, national_holidays, set_calendar
from takar.organisation.hours import SeasonData, drop_season, hours_of, set_hours, set_season, weeks_of
from takar.organisation.models import Agency, Holiday
from takar.rules.worktime import due_moment, minutes_between

DAY = {"start": "08:00", "break_start": "12.00", "break_end": "13.00", "end": "15:00"}
WEEK = dict.fromkeys(range(5), DAY)


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=clock.office_zone())


def version(office: Office) -> int:
    return Agency.objects.get(pk=office.agency.pk).calendar_version


def test_office_that_set_nothing_has_the_default_hours(office: Office) -> None:
    hours = hours_of(office.agency)
    assert minutes_between(moment("2026-01-12 00:00"), moment("2026-01-19 00:00"), hours) == 2250


def test_hours_are_kept_and_counted_with(office: Office) -> None:
    set_hours(actor=office.kasubbag, agency=office.agency, week=WEEK, risk_percent="50")
    assert due_moment(moment("2026-01-12 11:30"), 60, hours_of(office.agency)) == moment("2026-01-12 13:30")
    assert (version(office), Agency.objects.get(pk=office.agency.pk).risk_percent) == (1, 50)
    event = Event.objects.filter(verb="hours.set").get()
    assert event.after["hours"]["Jumat"] == ["08:00", "12:00", "13:00", "15:00"]
    set_hours(actor=office.kasubbag, agency=office.agency, week=WEEK, risk_percent="50")
    assert (version(office), Event.objects.filter(verb="hours.set").count()) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "where", "sentence"),
    [
        ({"end": "07:00"}, "Senin", "Jam tutup 07.00 tidak sesudah jam buka 08.00."),
        ({"end": "08:00"}, "Senin", "Jam tutup 08.00 tidak sesudah jam buka 08.00."),
        ({"end": ""}, "Senin", "Jam buka dan jam tutup harus diisi; bila tidak bekerja, hapus dari hari kerja kantor."),
        ({"start": "25:00"}, "Senin", "“25:00” (jam buka) bukan jam; tulislah misalnya 07.30."),
        ({"break_end": ""}, "Senin", "Mulai dan selesai istirahat diisi keduanya, atau tidak sama sekali."),
        (
            {"break_end": "16:00"},
            "Senin",
            "Istirahat 12.00–16.00 harus berurutan dan di antara 08.00 dan 15.00.",
        ),
    ],
)
def test_wrong_hours_are_refused_in_words(office: Office, changes: dict[str, str], where: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        set_hours(actor=office.kasubbag, agency=office.agency, week={**WEEK, 0: {**DAY, **changes}}, risk_percent="75")
    assert [(problem.where, problem.message) for problem in refused.value.problems] == [(where, sentence)]
    assert version(office) == 0


def test_wrong_percentage_is_refused(office: Office) -> None:
    with pytest.raises(InvalidInput) as refused:
        set_hours(actor=office.kasubbag, agency=office.agency, week=WEEK, risk_percent="101")
    assert [problem.where for problem in refused.value.problems] == ["Peringatan"]


def ramadhan(start: str = "2026-02-18", end: str = "2026-03-19", name: str = "Ramadhan 1447 H") -> SeasonData:
    return SeasonData(name, start, end, WEEK)


def test_season_has_its_own_hours_until_it_is_dropped(office: Office) -> None:
    season = set_season(actor=office.kasubbag, agency=office.agency, season_id=None, data=ramadhan())
    begin, end = moment("2026-02-18 07:30"), moment("2026-02-18 17:00")
    assert minutes_between(begin, end, hours_of(office.agency)) == 360
    data = SeasonData("Ramadhan", "2026-02-18", "2026-03-19", {key: {**DAY, "end": "14:00"} for key in range(5)})
    set_season(actor=office.kasubbag, agency=office.agency, season_id=season.pk, data=data)
    assert minutes_between(begin, end, hours_of(office.agency)) == 300
    assert weeks_of(office.agency, season, special=True)[0].end == dt.time(14)
    drop_season(actor=office.kasubbag, agency=office.agency, season_id=season.pk)
    assert (minutes_between(begin, end, hours_of(office.agency)), version(office)) == (450, 3)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (ramadhan(start="2026-03-20"), "Sampai: 19 Maret 2026 mendahului hari pertamanya, 20 Maret 2026."),
        (ramadhan(start="30-02-2026"), "Mulai: Isilah tanggal hari pertamanya."),
        (ramadhan(end="2026-02-31"), "Sampai: Isilah tanggal hari terakhirnya."),
        (
            ramadhan(end="2026-06-19"),
            "Sampai: Paling lama 60 hari; untuk seterusnya ubahlah jam kerja biasa.",
        ),
        (
            ramadhan(name=" "),
            "Nama: Isilah namanya, paling panjang 80 huruf; misalnya Ramadhan 1447 H.",
        ),
        (
            ramadhan(start="2026-01-01", end="2026-01-20"),
            "Mulai: Bertumpuk dengan “Lain” (20 Januari 2026 s.d. 21 Januari 2026); ubah salah satunya.",
        ),
    ],
)
def test_wrong_seasons_are_refused_in_words(office: Office, data: SeasonData, problem: str) -> None:
    set_season(
        actor=office.kasubbag, agency=office.agency, season_id=None, data=ramadhan("2026-01-20", "2026-01-21", "Lain")
    )
    with pytest.raises(InvalidInput) as refused:
        set_season(actor=office.kasubbag, agency=office.agency, season_id=None, data=data)
    assert [str(found) for found in refused.value.problems] == [problem]


def test_hours_are_set_by_those_who_manage_the_office_only(office: Office) -> None:
    with pytest.raises(NotAllowed):
        set_hours(actor=office.staf, agency=office.agency, week=WEEK, risk_percent="75")
    with pytest.raises(NotAllowed):
        set_season(actor=office.outsider, agency=office.agency, season_id=None, data=ramadhan())
    with pytest.raises(NotAllowed):
        add_holidays(actor=office.staf, agency=office.agency, year=2026, dates=[dt.date(2026, 1, 1)])


def test_saturday_that_becomes_a_working_day_has_hours(office: Office) -> None:
    set_calendar(
        actor=office.kasubbag, agency=office.agency, day_count="kalender", working_weekdays=range(6), holidays=()
    )
    office.agency.refresh_from_db()
    hours = hours_of(office.agency)
    assert minutes_between(moment("2026-01-17 00:00"), moment("2026-01-18 00:00"), hours) == 300
    assert office.agency.calendar_version == 1


def test_national_list_names_cuti_bersama_and_what_is_only_estimated() -> None:
    days = {day.date: day for day in national_holidays(2026)}
    assert days[dt.date(2026, 1, 1)].name == "Tahun Baru Masehi"
    assert days[dt.date(2026, 3, 20)].name == "Cuti Bersama Hari Raya Idul Fitri"
    assert {day.source for day in national_holidays(2028)} == {"Perkiraan; ganti sesudah SKB Tiga Menteri terbit"}
    assert not any("perkiraan" in day.name for day in national_holidays(2028))


def test_chosen_days_of_the_national_list_are_added_once(office: Office) -> None:
    mine = HolidayData(dt.date(2026, 1, 1), "Tahun baru kami")
    set_calendar(
        actor=office.kasubbag, agency=office.agency, day_count="kalender", working_weekdays=range(5), holidays=[mine]
    )
    chosen = [dt.date(2026, 1, 1), dt.date(2026, 1, 16), dt.date(2026, 1, 17)]
    assert add_holidays(actor=office.kasubbag, agency=office.agency, year=2026, dates=chosen) == 1
    names = list(Holiday.objects.filter(agency=office.agency).order_by("date").values_list("name", flat=True))
    assert (names, version(office)) == (["Tahun baru kami", "Isra Mikraj Nabi Muhammad"], 2)
    with pytest.raises(InvalidInput):
        add_holidays(actor=office.kasubbag, agency=office.agency, year=2026, dates=chosen)
