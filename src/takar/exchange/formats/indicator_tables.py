"""The two tables of a formulir kinerja under PermenPANRB 6/2022; the same columns are written and read."""

from collections.abc import Iterator, Sequence

from takar.exchange.cells import choice, decimal, integer, text
from takar.exchange.checks import unique
from takar.exchange.tables import Column, Finding, Row, Table

RESULT_KEYS = ("realisation", "figure", "note")
ACCREDITED = {"A": "A", "B": "B", "C": "C"}
STUDY_LEVELS = {"S-1": "s1", "S-2/S-3/profesi": "s2_s3"}
INSTITUTIONS = {**ACCREDITED, "Luar negeri": "luar_negeri"}
YES_NO = {"ya": True, "tidak": False}


def _numbered(rows: Sequence[Row]) -> Iterator[Finding]:
    for row in rows:
        if row.values["number"] == "" and row.values["target"]:
            message = "Nomor indikator hilang; unduh ulang formulirnya dan salin realisasinya ke formulir itu."
            yield Finding(row.number, "number", message)


INDICATORS = Table(
    name="hasil kerja dan indikator",
    sheet_title="I. HASIL KERJA DAN INDIKATOR",
    columns=(
        Column("number", "No", integer(least=1, most=999), may_be_blank=True, default="", width=5, form="integer"),
        Column("work", "Hasil Kerja", text(600), required=False, default="", width=38),
        Column("name", "Indikator Kinerja Individu", text(500), aliases=("Indikator", "Uraian"), width=38),
        Column("target", "Target", text(300), may_be_blank=True, default="", width=24),
        Column("realisation", "Realisasi", text(1000), may_be_blank=True, default="", width=38),
        Column("figure", "Realisasi (angka)", decimal(), may_be_blank=True, width=12, form="number"),
        Column(
            "note", "Keterangan/Bukti", text(1000), required=False, default="", width=32,
            aliases=("Keterangan", "Bukti"),
        ),
    ),
    checks=(unique("number", "Nomor {value} juga ada di baris {others}; hapus baris yang berlebih."), _numbered),
)  # fmt: skip

STUDY = Table(
    name="tugas belajar",
    sheet_title="II. TUGAS BELAJAR",
    columns=(
        Column("number", "No", text(10), required=False, default="", prefilled=True, width=5, form="integer"),
        Column("gpa", "IPK", decimal(most=4, places=2), required=False, width=38, form="number"),
        Column(
            "level", "Jenjang", choice(STUDY_LEVELS, known=" atau ".join(STUDY_LEVELS)), required=False, default="",
            options=tuple(STUDY_LEVELS), width=38,
        ),
        Column(
            "institution", "Akreditasi Perguruan Tinggi", choice(INSTITUTIONS, known=", ".join(INSTITUTIONS)),
            required=False, default="", options=tuple(INSTITUTIONS), width=24,
        ),
        Column(
            "programme", "Akreditasi Program Studi", choice(ACCREDITED, known="A, B, atau C"), required=False,
            default="", options=tuple(ACCREDITED), width=38,
        ),
        Column(
            "dropped_out", "Tidak Menyelesaikan Studi", choice(YES_NO, known="ya atau tidak"), required=False,
            default=False, options=tuple(YES_NO), width=12,
        ),
    ),
)  # fmt: skip
