"""Figures drawn as lines on the server: no script, no inline style; told apart by dash and mark, not by colour."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from takar.common import words

WIDTH, HEIGHT, LEFT, BELOW = 600, 200, 40, 24


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    style: str
    points: str


@dataclass(frozen=True, slots=True)
class Chart:
    series: tuple[Series, ...]
    most: int
    first: str
    last: str
    deadline: str
    deadline_text: str
    alternative: str


Finished = tuple[tuple[dt.date, int], ...]


def finished_chart(lines: list[tuple[str, Finished]], start: dt.date, deadline: dt.date) -> Chart | None:
    """One stepped line for each answer, from the beginning to the last day of any of them; the deadline across."""
    days = [day for _, finished in lines for day, _ in finished]
    if not days:
        return None
    last = max(*days, deadline)
    span, most = max((last - start).days, 1), max(sum(count for _, count in finished) for _, finished in lines)

    def across(day: dt.date) -> str:
        return f"{LEFT + (WIDTH - LEFT) * (day - start).days / span:.1f}"

    def up(count: int) -> str:
        return f"{HEIGHT - (HEIGHT - 10) * count / most:.1f}"

    series = []
    for place, (name, finished) in enumerate(lines):
        done, points = 0, [f"{across(start)},{up(0)}"]
        for day, count in finished:
            points.append(f"{across(day)},{up(done)}")
            done += count
            points.append(f"{across(day)},{up(done)}")
        points.append(f"{across(last)},{up(done)}")
        series.append(Series(name, f"line-{place}", " ".join(points)))
    told = "; ".join(f"{name}: semua selesai {words.date(finished[-1][0])}" for name, finished in lines)
    return Chart(tuple(series), most, words.date(start), words.date(last), across(deadline), words.date(deadline), told)


# Of the smaller charts: as wide as a phone, so that their words stay readable there.
SMALL_WIDTH, SMALL_HEIGHT, SMALL_LEFT, SMALL_RIGHT, TOP = 360, 150, 34, 350, 16


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a line with its figure, and where that stands."""

    x: str
    y: str
    text: str
    text_y: str


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    points: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines over periods; what stands beneath each period, and the whole as a sentence."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[str, str], ...]
    most: int
    alternative: str


def trend_chart(names: Sequence[str], lines: Sequence[tuple[str, Sequence[int]]]) -> Trend | None:
    """A line for each kind of percentage over the periods, the oldest first; nothing to see with fewer than two."""
    if len(names) < 2:  # noqa: PLR2004 -- a line needs two points
        return None
    most = max(10, *(-(-max(values) // 10) * 10 for _, values in lines))
    across = [
        f"{SMALL_LEFT + 20 + (SMALL_RIGHT - SMALL_LEFT - 46) * n / (len(names) - 1):.1f}" for n in range(len(names))
    ]
    drawn = []
    for place, (name, values) in enumerate(lines):
        heights = [SMALL_HEIGHT - (SMALL_HEIGHT - TOP) * value / most for value in values]
        marks = tuple(
            Mark(x, f"{y:.1f}", f"{value}%", f"{y + (-8 if place == 0 else 17):.1f}")
            for x, y, value in zip(across, heights, values, strict=True)
        )
        drawn.append(Line(name, " ".join(f"{mark.x},{mark.y}" for mark in marks), marks))
    told = "; ".join(
        f"{name}: " + ", ".join(f"{period} {value}%" for period, value in zip(names, values, strict=True))
        for name, values in lines
    )
    return Trend(tuple(drawn), tuple(zip(across, names, strict=True)), most, told)


@dataclass(frozen=True, slots=True)
class Completion:
    """How many cases were closed by which day, and how it goes on at the pace of late; `rows` are the figures of it."""

    done: str
    ahead: str
    most: int
    today: str
    first: str
    last: str
    rows: tuple[tuple[dt.date, int], ...]
    alternative: str


def completion_chart(
    closed: Sequence[tuple[dt.date, int]], total: int, start: dt.date, today: dt.date, end: dt.date | None
) -> Completion | None:
    """From the opening of the period to today as recorded, and on to the forecast's day; nothing before the first is closed."""
    if not closed:
        return None
    rows = tuple(zip((day for day, _ in closed), accumulate(count for _, count in closed), strict=True))
    now = max(today, rows[-1][0])
    last, first, done = max(now, end or now), min(start, rows[0][0]), rows[-1][1]
    span = max((last - first).days, 1)

    def at(day: dt.date, count: int) -> str:
        x = SMALL_LEFT + (SMALL_RIGHT - SMALL_LEFT) * (day - first).days / span
        return f"{x:.1f},{SMALL_HEIGHT - (SMALL_HEIGHT - TOP) * count / max(total, 1):.1f}"

    points, before = [at(first, 0)], 0
    for day, count in rows:
        points += [at(day, before), at(day, count)]
        before = count
    told = f"{done} dari {total} berkas selesai sampai {words.date(now)}"
    if end is not None:
        told += f"; dengan laju dua minggu terakhir seluruhnya selesai sekitar {words.date(end)}"
    return Completion(
        done=" ".join([*points, at(now, done)]),
        ahead=f"{at(now, done)} {at(end, total)}" if end is not None and end > now else "",
        most=total,
        today=at(now, 0).split(",")[0],
        first=words.date(first),
        last=words.date(last),
        rows=rows,
        alternative=told,
    )
