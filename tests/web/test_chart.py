"""Where the lines of the charts run: reckoned by hand."""

import datetime as dt

from takar.web.chart import completion_chart, trend_chart

FIRST = dt.date(2026, 1, 5)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def test_trend_has_a_line_for_each_figure_and_a_mark_for_each_period() -> None:
    found = trend_chart(["2023", "2024"], [("Terlambat", [0, 40]), ("Dikembalikan", [10, 20])])
    assert found is not None
    assert (found.most, found.ticks) == (40, (("54.0", "2023"), ("324.0", "2024")))
    assert [line.points for line in found.lines] == ["54.0,150.0 324.0,16.0", "54.0,116.5 324.0,83.0"]
    assert [[mark.text for mark in line.marks] for line in found.lines] == [["0%", "40%"], ["10%", "20%"]]
    assert found.alternative == "Terlambat: 2023 0%, 2024 40%; Dikembalikan: 2023 10%, 2024 20%"


def test_one_period_is_no_trend() -> None:
    assert trend_chart(["2024"], [("Terlambat", [3]), ("Dikembalikan", [0])]) is None


def test_completion_goes_up_as_recorded_and_on_to_the_forecast() -> None:
    found = completion_chart([(day(2), 1), (day(5), 1)], 4, FIRST, day(6), day(10))
    assert found is not None
    assert found.done == "34.0,150.0 97.2,150.0 97.2,116.5 192.0,116.5 192.0,83.0 223.6,83.0"
    assert found.ahead == "223.6,83.0 350.0,16.0"
    assert (found.rows, found.today) == (((day(2), 1), (day(5), 2)), "223.6")
    assert found.alternative == (
        "2 dari 4 berkas selesai sampai 11 Januari 2026; dengan laju dua minggu terakhir seluruhnya selesai sekitar "
        "15 Januari 2026"
    )


def test_completion_without_a_forecast_ends_today_and_without_a_closed_case_is_not_drawn() -> None:
    found = completion_chart([(day(2), 4)], 4, FIRST, day(2), None)
    assert found is not None
    assert (found.ahead, found.last) == ("", "7 Januari 2026")
    assert completion_chart([], 4, FIRST, day(2), None) is None
