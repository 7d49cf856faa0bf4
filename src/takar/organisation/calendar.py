"""The office's calendar: its holidays, its working weekdays, and how it reads "hari"."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from takar.audit.actions import record
from takar.common.errors import InvalidInput, Problem
from takar.organisation import policies
from takar.organisation.enums import DayCount
from takar.organisation.models import Agency, Employee, Holiday
from takar.organisation.remembered import Remembered
from takar.rules.deadlines import OfficeCalendar

LONGEST_NAME, LONGEST_SOURCE = 120, 200
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
DATE_FORMS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")
# From here on no decree names the days yet: the library computes them.
FIRST_ESTIMATED_YEAR = 2028
ESTIMATED, ESTIMATED_SOURCE = "(perkiraan)", "Perkiraan; ganti sesudah SKB Tiga Menteri terbit"
SEPARATORS = ("\t", ";")


@dataclass(frozen=True, slots=True)
class HolidayData:
    date: dt.date
    name: str
    source: str = ""


def calendar_of(agency: Agency) -> OfficeCalendar:
    """What the legal terms are counted with; one query, or none."""
    asked = (agency.pk, agency.calendar_version, agency.working_weekdays, agency.day_count)
    return _KNOWN(asked, lambda: _calendar(agency))


def _calendar(agency: Agency) -> OfficeCalendar:
    return OfficeCalendar(
        holidays=frozenset(Holiday.objects.filter(agency=agency).order_by().values_list("date", flat=True)),
        working_weekdays=frozenset(int(day) for day in agency.working_weekdays),
        plain_days_are_working_days=agency.day_count == DayCount.WORKING,
    )


_KNOWN: Remembered[OfficeCalendar] = Remembered()


def read_holidays(text: str) -> list[HolidayData]:
    """Lines as pasted from a spreadsheet: date, name and source, parted by tabs or semicolons."""
    found: dict[dt.date, HolidayData] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        date, name, source = _cells(line)
        day = _date(date)
        if day is None:
            problems.append(Problem(f"Baris {number}", f"“{date}” bukan tanggal; tulislah misalnya 2026-03-20."))
        elif not name:
            problems.append(Problem(f"Baris {number}", "Nama hari liburnya belum diisi."))
        elif day in found:
            problems.append(Problem(f"Baris {number}", f"Tanggal {date} tertulis dua kali; hapus salah satunya."))
        elif len(name) > LONGEST_NAME or len(source) > LONGEST_SOURCE:
            problems.append(
                Problem(f"Baris {number}", f"Nama paling panjang {LONGEST_NAME}, dasar {LONGEST_SOURCE} huruf.")
            )
        else:
            found[day] = HolidayData(day, name, source)
    if problems:
        raise InvalidInput("Hari libur belum disimpan.", problems)
    return [found[day] for day in sorted(found)]


@transaction.atomic
def set_calendar(
    *,
    actor: Employee,
    agency: Agency,
    day_count: str,
    working_weekdays: Collection[int],
    holidays: Sequence[HolidayData],
) -> None:
    """Make this the office's calendar; terms already running are counted with it from now on."""
    policies.check_can_manage_office(actor, agency)
    locked = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    weekdays = "".join(str(day) for day in sorted(set(working_weekdays)))
    problems = []
    if day_count not in DayCount.values:
        problems.append(Problem("Cara membaca “hari”", "Pilih hari kalender atau hari kerja."))
    if not weekdays or not set(weekdays) <= set("0123456"):
        problems.append(Problem("Hari kerja", "Pilih paling sedikit satu hari kerja."))
    if problems:
        raise InvalidInput("Kalender belum disimpan.", problems)
    before = _plain(locked)
    locked.day_count, locked.working_weekdays = day_count, weekdays
    locked.save(update_fields=["day_count", "working_weekdays"])
    Holiday.objects.filter(agency=locked).delete()
    Holiday.objects.bulk_create(
        Holiday(agency=locked, date=day.date, name=day.name, source=day.source) for day in holidays
    )
    after = _plain(locked)
    if before != after:
        note_change(locked)
        record(stream=f"agency:{locked.pk}", verb="calendar.set", by=actor.by("pengelola"), before=before, after=after)


@transaction.atomic
def add_holidays(*, actor: Employee, agency: Agency, year: int, dates: Collection[dt.date]) -> int:
    """Take the chosen days of the national list over; days that the office already has stay as they are."""
    policies.check_can_manage_office(actor, agency)
    Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    before = _plain(agency)
    known = set(Holiday.objects.filter(agency=agency).values_list("date", flat=True))
    chosen = [day for day in national_holidays(year) if day.date in dates and day.date not in known]
    if not chosen:
        raise InvalidInput("Belum ada yang ditambahkan.", [Problem("Pilihan", "Centang hari yang akan ditambahkan.")])
    Holiday.objects.bulk_create(
        Holiday(agency=agency, date=day.date, name=day.name, source=day.source) for day in chosen
    )
    note_change(agency)
    after = _plain(agency)
    record(stream=f"agency:{agency.pk}", verb="calendar.set", by=actor.by("pengelola"), before=before, after=after)
    return len(chosen)


def national_holidays(year: int) -> list[HolidayData]:
    """Public holidays and cuti bersama of one year, from the library `holidays`; what is not decreed yet says so."""
    import holidays  # noqa: PLC0415 -- a large table that only this page needs

    found: dict[dt.date, HolidayData] = {}
    for category in ("government", "public"):
        days = holidays.country_holidays("ID", years=year, categories=(category,), language="id")
        for day, name in days.items():
            estimated = year >= FIRST_ESTIMATED_YEAR or ESTIMATED in name
            source = ESTIMATED_SOURCE if estimated else f"Daftar hari libur nasional {year}; cocokkan dengan SKB"
            found[day] = HolidayData(day, name.replace(ESTIMATED, "").strip()[:LONGEST_NAME], source)
    return [found[day] for day in sorted(found)]


def note_change(agency: Agency) -> None:
    """Whatever was computed with the calendar is computed again; inside the transaction of the change."""
    Agency.objects.filter(pk=agency.pk).update(calendar_version=F("calendar_version") + 1)


def _plain(agency: Agency) -> dict[str, object]:
    rows = Holiday.objects.filter(agency=agency).order_by("date").values_list("date", "name", "source")
    days = [f"{date.isoformat()} {name} {source}".strip() for date, name, source in rows]
    return {"day_count": agency.day_count, "working_weekdays": agency.working_weekdays, "holidays": days}


def _cells(line: str) -> tuple[str, str, str]:
    separator = next((mark for mark in SEPARATORS if mark in line), ",")
    date, name, source = [*(cell.strip() for cell in line.split(separator, 2)), "", ""][:3]
    return date, name, source


def _date(text: str) -> dt.date | None:
    """A date as people and spreadsheets write it."""
    for form in DATE_FORMS:
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 -- a date alone has no zone
        except ValueError:
            continue
    return None
