"""Invented people and figures to fill the forms with."""

from typing import Any

from takar.documents.forms.shapes import Activity, Measurement, PerformanceForm, Person, PlannedActivity, WorkingLine

NAMES = (
    "Menyusun laporan realisasi fisik dan keuangan kegiatan",
    "Memproses permohonan perizinan berusaha berbasis risiko sampai dengan terbitnya izin sesuai standar pelayanan",
    "Menyiapkan bahan rapat koordinasi",
    "Melaksanakan pembinaan kelembagaan transmigrasi di kawasan permukiman",
    "Mengelola arsip",
)

EMPLOYEE: Person = {
    "name": "Rahmawati Noorlaila, S.E., M.M.",
    "nip": "19870412 201001 2 003",
    "rank": "Penata Tingkat I (III/d)",
    "post": "Analis Kebijakan Ahli Muda",
    "unit": "Bidang Pelayanan Perizinan dan Nonperizinan",
}
ASSESSOR: Person = {
    "name": "Drs. Syahrani Hadi",
    "nip": "19700101 199503 1 001",
    "rank": "Pembina (IV/a)",
    "post": "Kepala Bidang Pelayanan Perizinan dan Nonperizinan",
    "unit": "Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu, Transmigrasi dan Tenaga Kerja",
}
SUPERIOR: Person = {
    "name": "Ir. Hj. Mariatul Kiptiah, M.Si.",
    "nip": "19680817 199303 2 004",
    "rank": "Pembina Utama Muda (IV/c)",
    "post": "Kepala Dinas",
    "unit": "Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu, Transmigrasi dan Tenaga Kerja",
}


def activity(number: int) -> Activity:
    return {
        "no": str(number),
        "name": NAMES[(number - 1) % len(NAMES)],
        "target": {"quantity": f"{number} dokumen", "quality": "100", "time": "12 bulan", "cost": "Rp1.250.000.000,00"},
        "realisation": {"credit": "1,25", "quantity": f"{number} dokumen", "quality": "86", "time": "11 bulan"},
        "sum": "270,67",
        "value": "90,22",
    }


def working_line(number: int) -> WorkingLine:
    return {
        "label": f"Kegiatan {number}, aspek waktu",
        "formula": "(1,76 × target − realisasi) ÷ target × 100",
        "numbers": "(1,76 × 12 − 11) ÷ 12 × 100",
        "value": "84,33",
        "basis": "Penjelasan Pasal 8 PP 46/2011",
    }


def measurement(activities: int = 5, **changes: Any) -> Measurement:
    document: Measurement = {
        "number": "800.1.11.1/014/DPMPTSP-TK/2026",
        "agency": {
            "name": "Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu, Transmigrasi dan Tenaga Kerja",
            "region": "Pemerintah Kabupaten Balangan",
            "place": "Paringin",
        },
        "period": "1 Januari s.d. 31 Desember 2025",
        "date": "Paringin, 12 Januari 2026",
        "employee": EMPLOYEE,
        "assessor": ASSESSOR,
        "superior": SUPERIOR,
        "activities": [activity(number) for number in range(1, activities + 1)],
        "additional": [
            {"name": "Anggota panitia hari jadi kabupaten", "letter": "Nomor 005/21/2025", "points": "1"},
            {"name": "Narasumber bimbingan teknis OSS", "letter": "Nomor 005/88/2025"},
        ],
        "creativity": [
            {
                "name": "Antrean perizinan daring",
                "level": "bermanfaat bagi unit kerja",
                "letter": "Nomor 800/5/2025",
                "points": "3",
            }
        ],
        "skp": {"value": "94,22", "label": "Sangat Baik"},
        "behaviour": [
            {"label": "Orientasi Pelayanan", "value": "88", "category": "Baik"},
            {"label": "Integritas", "value": "90", "category": "Baik"},
            {"label": "Komitmen", "value": "86", "category": "Baik"},
            {"label": "Disiplin", "value": "84", "category": "Baik"},
            {"label": "Kerja Sama", "value": "87", "category": "Baik"},
        ],
        "behaviour_sum": "435",
        "behaviour_mean": {"value": "87,00", "label": "Baik"},
        "shares": {"skp": "56,53", "behaviour": "34,80"},
        "final": {"value": "91,33", "label": "Sangat Baik"},
        "recommendation": "Diikutsertakan dalam pelatihan analisis kebijakan.",
        "working": [working_line(number) for number in range(1, 3 * activities + 1)],
        "signatures": [],
        "digest": "",
        "edition": "asli",
        "copy": None,
    }
    return document | changes  # type: ignore[return-value]


def planned(number: int) -> PlannedActivity:
    return {"no": str(number), "name": NAMES[(number - 1) % len(NAMES)], "target": activity(number)["target"]}


def performance_form(activities: int = 5, **changes: Any) -> PerformanceForm:
    form: PerformanceForm = {
        "code": "FK-2025-0014",
        "agency": measurement()["agency"],
        "period": "1 Januari s.d. 31 Desember 2025",
        "employee": EMPLOYEE,
        "activities": [planned(number) for number in range(1, activities + 1)],
        "additional": [],
        "creativity": [],
    }
    return form | changes  # type: ignore[return-value]
