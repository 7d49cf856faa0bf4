"""A plan under PermenPANRB 6/2022 that tests share: two hasil kerja, one in figures, one in words as well."""

from decimal import Decimal

from takar.appraisal.types import IndicatorData, WorkData, WorkPlanData

REPORTS = WorkData(
    number=1,
    name="Laporan bulanan tersusun tepat waktu",
    indicators=(
        IndicatorData("Jumlah laporan", "12 laporan", "kuantitas", Decimal(12), None, "laporan", "naik"),
        IndicatorData("Lama penyusunan", "3 sampai 5 hari", "waktu", Decimal(3), Decimal(5), "hari", "turun"),
    ),
    assigned_by="Kepala Bidang A",
)
ARCHIVE = WorkData(
    number=2,
    name="Arsip tertata",
    indicators=(IndicatorData("Penataan arsip", "Seluruh arsip 2024 tertata"),),
    kind="tambahan",
)
WORK_PLAN = WorkPlanData(
    works=(REPORTS, ARCHIVE),
    expectations={"akuntabel": "Cermat dalam angka"},
    appendices={"sumber_daya": ("Dua komputer", "Akses aplikasi"), "konsekuensi": ("Penghargaan unit",)},
)
