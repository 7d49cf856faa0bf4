"""The three tables of a formulir kinerja; the same columns are written and read."""

from collections.abc import Iterator, Sequence

from takar.appraisal.enums import CreativityLevel
from takar.exchange.cells import choice, decimal, integer, text
from takar.exchange.checks import unique
from takar.exchange.tables import Column, Finding, Row, Table

CODE_LABEL = "Kode Formulir (Nomor Berkas)"
NIP_LABEL = "NIP"

LEVELS = {str(level.label): level for level in CreativityLevel}
_LEVEL_WORDS = LEVELS | {level.value: level for level in CreativityLevel}

TARGET_KEYS = (
    "target_credit", "target_quantity", "quantity_unit", "target_quality", "target_time", "time_unit", "target_cost",
)  # fmt: skip
RESULT_KEYS = ("quantity", "time", "cost", "credit", "note")


def is_added(row: Row) -> bool:
    """Whether the employee wrote the row: nothing stands where targets stand."""
    return all(row.values[key] in (None, "") for key in TARGET_KEYS)


def _numbered(rows: Sequence[Row]) -> Iterator[Finding]:
    for row in rows:
        if row.values["number"] == "" and not is_added(row):
            message = "Nomor kegiatan hilang; unduh ulang formulirnya dan salin realisasinya ke formulir itu."
            yield Finding(row.number, "number", message)


ACTIVITIES = Table(
    name="kegiatan tugas jabatan",
    sheet_title="I. KEGIATAN TUGAS JABATAN",
    columns=(
        Column("number", "No", integer(least=1, most=999), may_be_blank=True, default="", width=5, form="integer"),
        Column("name", "Kegiatan", text(500), aliases=("Kegiatan Tugas Jabatan",), width=42),
        Column("target_credit", "Target Angka Kredit", decimal(), required=False, width=10, form="number"),
        Column("target_quantity", "Target Kuantitas", decimal(), may_be_blank=True, width=11, form="number"),
        Column("quantity_unit", "Satuan Kuantitas", text(40), required=False, default="", width=13),
        Column("target_quality", "Target Kualitas", decimal(), required=False, width=9, form="number"),
        Column("target_time", "Target Waktu", decimal(), may_be_blank=True, width=8, form="number"),
        Column("time_unit", "Satuan Waktu", text(20), required=False, default="", width=9),
        Column("target_cost", "Target Biaya (Rp)", decimal(places=2), required=False, width=15, form="money"),
        Column("quantity", "Realisasi Kuantitas", decimal(), may_be_blank=True, width=11, form="number"),
        Column("time", "Realisasi Waktu", decimal(), may_be_blank=True, width=11, form="number"),
        Column("cost", "Realisasi Biaya (Rp)", decimal(places=2), required=False, width=15, form="money"),
        Column("credit", "Realisasi Angka Kredit", decimal(), required=False, width=11, form="number"),
        Column(
            "note", "Keterangan/Bukti", text(1000), required=False, default="", width=32, aliases=("Keterangan", "Bukti")
        ),
    ),
    checks=(unique("number", "Nomor {value} juga ada di baris {others}; hapus baris yang berlebih."), _numbered),
)  # fmt: skip

ADDITIONAL = Table(
    name="tugas tambahan",
    sheet_title="II. TUGAS TAMBAHAN",
    columns=(
        Column("number", "No", text(10), required=False, default="", prefilled=True, form="integer"),
        Column("description", "Uraian Tugas Tambahan", text(500), aliases=("Uraian",)),
        Column(
            "letter", "Nomor Surat Keterangan", text(120), required=False, default="",
            aliases=("Nomor Surat", "Nomor Surat Tugas"),
        ),
    ),
)  # fmt: skip

CREATIVITY = Table(
    name="kreativitas",
    sheet_title="III. KREATIVITAS",
    columns=(
        Column("number", "No", text(10), required=False, default="", prefilled=True, form="integer"),
        Column("description", "Uraian Kreativitas", text(500), aliases=("Uraian",)),
        Column(
            "level", "Tingkat Manfaat", choice(_LEVEL_WORDS, known=", ".join(LEVELS)), aliases=("Tingkat",),
            options=tuple(LEVELS),
        ),
        Column(
            "letter", "Nomor Surat Keterangan", text(120), required=False, default="",
            aliases=("Nomor Surat", "Nomor Surat Keputusan"),
        ),
    ),
)  # fmt: skip
