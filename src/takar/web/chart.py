"""How many cases are done by which day, drawn as lines on the server: no script, no inline style."""

import datetime as dt
from dataclasses import dataclass

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
