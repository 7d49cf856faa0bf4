"""The office's hours: its usual week, its seasons with other hours, and how early it wants to be warned."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from takar.audit.actions import record
from takar.common import clock, words
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.organisation import policies
from takar.organisation.calendar import WEEKDAYS, calendar_of, note_change
from takar.organisation.models import Agency, Employee, Holiday, HoursSeason, WorkHours
from takar.organisation.remembered import Remembered
from takar.rules.worktime import DayHours, OfficeHours, Season, default_ramadhan, default_week

FIELDS = ("start", "break_start", "break_end", "end")
LABELS = {"start": "buka", "break_start": "mulai istirahat", "break_end": "selesai istirahat", "end": "tutup"}
TIME_FORMS = ("%H:%M", "%H.%M")
LONGEST_SEASON = 60
Typed = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class SeasonData:
    """A season as it was filled in."""

    name: str
    start: str
    end: str
    week: Typed


def hours_of(agency: Agency) -> OfficeHours:
    """When the office works; three queries, or none. A weekday without a row of its own has the default hours."""
    return _KNOWN((agency.pk, agency.calendar_version, agency.working_weekdays), lambda: _hours(agency))


def know_hours(agency: Agency) -> None:
    """Before a transaction that times steps and counts terms: what it would read in it and may not keep."""
    if not connection.in_atomic_block:
        hours_of(agency)
        calendar_of(agency)


_KNOWN: Remembered[OfficeHours] = Remembered()


def _hours(agency: Agency) -> OfficeHours:
    rows = list(WorkHours.objects.filter(agency=agency).order_by("weekday"))
    seasons = HoursSeason.objects.filter(agency=agency).order_by("start")
    days = Holiday.objects.filter(agency=agency).order_by().values_list("date", flat=True)
    worked = {int(day) for day in agency.working_weekdays}
    return OfficeHours(
        week=_week(rows, None, default_week(), worked),
        zone=clock.office_zone(),
        seasons=tuple(
            Season(season.start, season.end, _week(rows, season.pk, default_ramadhan(), worked)) for season in seasons
        ),
        holidays=frozenset(days),
    )


def weeks_of(agency: Agency, season: HoursSeason | None = None, *, special: bool = False) -> dict[int, DayHours]:
    """The hours of the seven weekdays for the form, worked or not; of a season that is still to be made, the default."""
    rows = WorkHours.objects.none() if special and season is None else agency.hours.filter(season=season)
    default = default_ramadhan() if special else default_week()
    return _week(rows, season.pk if season else None, default, set(range(7)))


@transaction.atomic
def set_hours(*, actor: Employee, agency: Agency, week: Typed, risk_percent: str) -> None:
    """Make these the usual hours; due moments that are still to come are counted again in the background."""
    locked = _lock(actor, agency)
    problems: list[Problem] = []
    found = _read_week(locked, week, problems)
    percent = int(risk_percent) if risk_percent.isascii() and risk_percent.isdigit() else 0
    if not 1 <= percent <= 100:  # noqa: PLR2004 -- per cent
        problems.append(Problem("Peringatan", "Isilah dengan bilangan 1 sampai 100."))
    if problems:
        raise InvalidInput("Jam kerja belum disimpan.", problems)
    before = _plain(locked, None)
    locked.risk_percent = percent
    locked.save(update_fields=["risk_percent"])
    _keep(locked, None, found)
    _changed(actor, locked, before, _plain(locked, None), "hours.set")


@transaction.atomic
def set_season(*, actor: Employee, agency: Agency, season_id: UUID | None, data: SeasonData) -> HoursSeason:
    """Give some days hours of their own, or change those of a season."""
    locked = _lock(actor, agency)
    season = _season(locked, season_id) if season_id else HoursSeason(agency=locked)
    problems: list[Problem] = []
    name, start, end = data.name.strip(), _date(data.start), _date(data.end)
    if not name or len(name) > 80:  # noqa: PLR2004 -- the column's length
        problems.append(Problem("Nama", "Isilah namanya, paling panjang 80 huruf; misalnya Ramadhan 1447 H."))
    problems += _problems_of_dates(locked, season, start, end)
    found = _read_week(locked, data.week, problems)
    if problems or start is None or end is None:
        raise InvalidInput("Jam kerja khusus belum disimpan.", problems)
    before = _plain(locked, season) if season_id else None
    season.name, season.start, season.end = name, start, end
    season.save()
    _keep(locked, season, found)
    _changed(actor, locked, before, _plain(locked, season), "hours.season_set")
    return season


@transaction.atomic
def drop_season(*, actor: Employee, agency: Agency, season_id: UUID) -> None:
    locked = _lock(actor, agency)
    season = _season(locked, season_id)
    before = _plain(locked, season)
    season.delete()
    _changed(actor, locked, before, None, "hours.season_dropped")


def _lock(actor: Employee, agency: Agency) -> Agency:
    policies.check_can_manage_office(actor, agency)
    return Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)


def _season(agency: Agency, season_id: UUID) -> HoursSeason:
    found = HoursSeason.objects.filter(agency=agency, pk=season_id).first()
    if found is None:
        raise NotAllowed("Masa jam kerja itu tidak ditemukan; mungkin sudah dihapus. Buka kembali halaman Jam kerja.")
    return found


def _problems_of_dates(
    agency: Agency, season: HoursSeason, start: dt.date | None, end: dt.date | None
) -> Iterable[Problem]:
    if start is None:
        yield Problem("Mulai", "Isilah tanggal hari pertamanya.")
    if end is None:
        yield Problem("Sampai", "Isilah tanggal hari terakhirnya.")
    if start is None or end is None:
        return
    if end < start:
        yield Problem("Sampai", f"{words.date(end)} mendahului hari pertamanya, {words.date(start)}.")
    elif (end - start).days >= LONGEST_SEASON:
        yield Problem("Sampai", f"Paling lama {LONGEST_SEASON} hari; untuk seterusnya ubahlah jam kerja biasa.")
    others = HoursSeason.objects.filter(agency=agency, start__lte=end, end__gte=start).exclude(pk=season.pk)
    for other in others.order_by("start"):
        span = f"{words.date(other.start)} s.d. {words.date(other.end)}"
        yield Problem("Mulai", f"Bertumpuk dengan “{other.name}” ({span}); ubah salah satunya.")


def _read_week(agency: Agency, typed: Typed, problems: list[Problem]) -> dict[int, DayHours]:
    """The hours of the days that the office works; the other days are left as they are."""
    found = {}
    for weekday in (int(day) for day in agency.working_weekdays):
        cells = typed.get(weekday, {})
        times = {field: _time(cells.get(field, "")) for field in FIELDS}
        wrong = list(_problems_of_day(WEEKDAYS[weekday], cells, times))
        problems += wrong
        if not wrong and times["start"] and times["end"]:
            found[weekday] = DayHours(times["start"], times["end"], times["break_start"], times["break_end"])
    return found


def _problems_of_day(label: str, cells: Mapping[str, str], times: Mapping[str, dt.time | None]) -> Iterable[Problem]:
    unread = [field for field in FIELDS if cells.get(field, "").strip() and times[field] is None]
    for field in unread:
        yield Problem(label, f"“{cells[field]}” (jam {LABELS[field]}) bukan jam; tulislah misalnya 07.30.")
    start, pause, again, end = (times[field] for field in FIELDS)
    if unread:
        return
    if start is None or end is None:
        yield Problem(label, "Jam buka dan jam tutup harus diisi; bila tidak bekerja, hapus dari hari kerja kantor.")
    elif end <= start:
        yield Problem(label, f"Jam tutup {end:%H.%M} tidak sesudah jam buka {start:%H.%M}.")
    elif (pause is None) != (again is None):
        yield Problem(label, "Mulai dan selesai istirahat diisi keduanya, atau tidak sama sekali.")
    elif pause and again and not start <= pause < again <= end:
        yield Problem(
            label,
            f"Istirahat {pause:%H.%M}–{again:%H.%M} harus berurutan dan di antara {start:%H.%M} dan {end:%H.%M}.",
        )


def _keep(agency: Agency, season: HoursSeason | None, week: Mapping[int, DayHours]) -> None:
    WorkHours.objects.filter(agency=agency, season=season, weekday__in=list(week)).delete()
    WorkHours.objects.bulk_create(
        WorkHours(agency=agency, season=season, weekday=weekday, **{field: getattr(hours, field) for field in FIELDS})
        for weekday, hours in week.items()
    )


def _changed(
    actor: Employee, agency: Agency, before: dict[str, object] | None, after: dict[str, object] | None, verb: str
) -> None:
    if before == after:
        return
    note_change(agency)
    record(stream=f"agency:{agency.pk}", verb=verb, by=actor.by("pengelola"), before=before, after=after)


def _plain(agency: Agency, season: HoursSeason | None) -> dict[str, object]:
    rows = WorkHours.objects.filter(agency=agency, season=season).order_by("weekday")
    hours = {
        WEEKDAYS[row.weekday]: [None if (time := getattr(row, field)) is None else f"{time:%H:%M}" for field in FIELDS]
        for row in rows
    }
    if season is None:
        return {"hours": hours, "risk_percent": agency.risk_percent}
    return {"name": season.name, "start": season.start, "end": season.end, "hours": hours}


def _week(
    rows: Iterable[WorkHours], season_id: UUID | None, default: Mapping[int, DayHours], worked: set[int]
) -> dict[int, DayHours]:
    own = {row.weekday: row for row in rows if row.season_id == season_id}
    return {
        weekday: DayHours(row.start, row.end, row.break_start, row.break_end)
        if (row := own.get(weekday))
        else default[weekday]
        for weekday in sorted(worked)
    }


def _time(text: str) -> dt.time | None:
    for form in TIME_FORMS:
        try:
            return dt.datetime.strptime(text.strip(), form).time()  # noqa: DTZ007 -- a wall clock's time
        except ValueError:
            continue
    return None


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None
