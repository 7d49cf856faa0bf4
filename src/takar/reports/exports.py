"""Rekapitulasi to take along: as a workbook, and as a sheet for the file."""

from takar.archive.sheets import sheet
from takar.casework.models import Period
from takar.common import clock, words
from takar.documents.forms.render import render
from takar.exchange.writing import Output, put
from takar.reports.results import BY, Summary

FIRST_SHARE = 40


def workbook(period: Period, summary: Summary) -> bytes:
    """One sheet: the groups down, the results across, the totals last."""
    output = Output()
    page = output.sheet("Rekapitulasi", [40, *[16] * (len(summary.categories) + 1)])
    put(page, 0, 0, f"Rekapitulasi hasil {period.name}", output.style("title"))
    put(page, 1, 0, f"{period.agency.name}, keadaan pada {words.date(clock.today())}", output.style("small"))
    for row, values in enumerate(_table(summary), start=3):
        style = "head" if row == 3 else "plain"  # noqa: PLR2004 -- the first row of the table
        for column, value in enumerate(values):
            look = ("border", style, "integer") if column and style == "plain" else ("border", style)
            put(page, row, column, value, output.style(*look))
    return output.finish()


def paper(period: Period, summary: Summary) -> bytes:
    """The same as PDF, with what the guide curve says beneath."""
    head, *rows = _table(summary)
    share = (100 - FIRST_SHARE) // (len(head) - 1)
    columns = [(str(head[0]), 100 - share * (len(head) - 1)), *((str(label), share) for label in head[1:])]
    facts = [["Periode", period.name], ["Keadaan pada", words.date(clock.today())]]
    facts += [["Belum dinilai", f"{summary.unfinished} berkas"]]
    content = sheet(
        period.agency,
        "Rekapitulasi hasil penilaian",
        columns=columns,
        facts=facts,
        rows=[[str(value) for value in row] for row in rows],
        closing=[drift.message for drift in summary.guide.drifts] if summary.guide else [],
    )
    return render("lembar_arsip", content)


def _table(summary: Summary) -> list[list[str | int]]:
    head: list[str | int] = [BY[summary.by][0], *(label for _, label in summary.categories), "Jumlah"]
    rows: list[list[str | int]] = [[group.label or "–", *group.counts, group.total] for group in summary.groups]
    return [head, *rows, ["Jumlah", *summary.totals, sum(summary.totals)]]
