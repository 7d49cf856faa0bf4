"""Invented plans and evaluations to fill the forms of PermenPANRB 6/2022 with."""

from typing import Any

from tests.documents.forms import samples

from takar.documents.forms.shapes_permenpan6 import ActionPlan, BehaviourValue, Indicator, RoleTable, WorkResult
from takar.rules.scoring.permenpan6_2022.inputs import PARAMETERS


def indicator(number: str) -> Indicator:
    return {
        "aspect": "Kuantitas",
        "text": f"Jumlah izin yang terbit tepat waktu menurut standar pelayanan ({number})",
        "target": "80–90 %",
        "perspective": "Penerima layanan",
        "realisation": "87 % dari 412 permohonan, menurut laporan triwulan IV",
        "feedback": "Sudah sesuai; pertahankan ketelitian pemeriksaan berkas.",
    }


def result(number: int, indicators: int = 2) -> WorkResult:
    return {
        "text": f"{samples.NAMES[(number - 1) % len(samples.NAMES)]}",
        "by": "Kepala Bidang Pelayanan Perizinan dan Nonperizinan",
        "intervened": "Meningkatnya kualitas pelayanan perizinan berusaha",
        "indicators": [indicator(f"{number}.{part}") for part in range(1, indicators + 1)],
        "realisation": "Laporan terbit setiap bulan, 12 dari 12, diterima tanpa perbaikan.",
        "feedback": "Sangat membantu rapat pimpinan.",
    }


def behaviour(**changes: str) -> list[BehaviourValue]:
    values = PARAMETERS.rows("behaviours")
    return [{"label": value["label"], "guides": list(value["guides"]), **changes} for value in values]  # type: ignore[typeddict-item]


def role_table(members: int = 3, outcomes: int = 3) -> RoleTable:
    return {
        "name": samples.ASSESSOR["name"],
        "post": samples.ASSESSOR["post"],
        "outcomes": [f"Indeks pelayanan unsur {number} meningkat" for number in range(1, outcomes + 1)],
        "members": [
            {
                "name": samples.EMPLOYEE["name"],
                "post": samples.EMPLOYEE["post"],
                "roles": [
                    "" if (number + part) % 3 == 0 else samples.NAMES[(number + part) % len(samples.NAMES)]
                    for part in range(outcomes)
                ],
            }
            for number in range(members)
        ],
    }


def action_plan(number: int) -> ActionPlan:
    return {
        "text": samples.NAMES[number % len(samples.NAMES)],
        "actions": ["Mengumpulkan data dari bidang", "Menyusun konsep laporan"],
        "realisations": ["Data 12 bulan terkumpul (berkas rekap.xlsx)", "Konsep disetujui 5 Desember 2025"],
    }


def sheet(format_: str, **changes: Any) -> dict[str, Any]:
    """Everything that any of the forms asks for."""
    base = samples.measurement()
    form = {
        "format": format_,
        "agency": base["agency"],
        "period": base["period"],
        "date": base["date"],
        "employee": samples.EMPLOYEE,
        "assessor": samples.ASSESSOR,
        "superior": samples.SUPERIOR,
        "signatures": [],
        "main": [result(number) for number in (1, 2, 3)],
        "additional": [result(4, 1)],
        "behaviour": behaviour(
            expectation="Menjadi contoh dalam melayani tanpa membedakan.", feedback="Konsisten sepanjang tahun."
        ),
        "cycle": "Tahunan",
        "organisation": "Baik",
        "results_rating": "Diatas ekspektasi",
        "behaviour_rating": "Sesuai ekspektasi",
        "predicate": "Baik",
        "resources": ["Pendampingan tenaga teknis dua kali setahun", "Perangkat komputer dan jaringan"],
        "accountability": ["Hasil kerja dilaporkan setiap bulan berikut data izin yang terbit"],
        "consequences": ["Diusulkan mengikuti pelatihan", "Penugasan dialihkan"],
        "tables": [role_table()],
        "results": [action_plan(1), action_plan(2)],
        "number": base["number"],
        "employee_date": "Paringin, 14 Januari 2026",
        "superior_date": "Paringin, 20 Januari 2026",
        "note": "Diikutsertakan dalam pelatihan analisis kebijakan.",
        "objection": "Dua laporan triwulan tidak diperhitungkan.",
        "explanation": "Laporan diterima sesudah periode berakhir.",
        "decision": "Predikat dikuatkan; laporan diperhitungkan pada periode berikutnya.",
        "digest": "",
        "edition": "asli",
        "copy": None,
        "sheets": [
            {
                "result": "Meningkatnya kualitas pelayanan perizinan berusaha",
                "indicator": "Indeks kepuasan masyarakat",
                "purpose": "Mengetahui mutu pelayanan menurut penerima layanan",
                "definition": "Nilai rata-rata sembilan unsur pelayanan dari survei semesteran",
                "formula": "Jumlah nilai tertimbang dibagi jumlah unsur, dikalikan 25",
                "unit": "Indeks",
                "control": "Outcome Antara",
                "source": "Laporan survei kepuasan masyarakat",
                "reporting": "Semesteran",
            }
        ],
    }
    if format_.startswith("D"):
        form |= {"evaluation_format": "C.1.3", "working": base["working"]}
    return form | changes
