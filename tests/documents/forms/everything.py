"""A filled sample of every form in the catalogue, under its key."""

from typing import Any

from tests.documents.forms import samples, samples6

from takar.documents.forms.catalogue import FORMS

LONG_NAME = "Dr. Muhammad Nurrahmansyah Hidayatullah Al-Banjari Suryanegara, S.Sos., M.A.P."  # 78 letters
WORDS = 2000
LONG_NOTE = " ".join(["Pegawai melaksanakan tugas dengan cermat dan jujur setiap hari."] * (WORDS // 9 + 1))


def letter(kind: str) -> dict[str, Any]:
    base = samples.measurement()
    return {
        "kind": kind,
        "agency": base["agency"],
        "number": "800/21/DPMPTSP/2025",
        "year": "2025",
        "date": base["date"],
        "issuer": samples.ASSESSOR,
        "issuer_title": "Pejabat Penilai",
        "employee": samples.EMPLOYEE,
        "level": "unit kerja" if kind == "kreativitas" else "",
        "items": [{"name": "Anggota panitia hari jadi kabupaten", "letter": "Nomor 005/21/2025"}],
        "signatures": [],
    }


def conversion() -> dict[str, Any]:
    base = samples.measurement()
    return {
        "agency": base["agency"],
        "number": "800/22/DPMPTSP/2026",
        "period": base["period"],
        "date": base["date"],
        "employee": samples.EMPLOYEE,
        "assessor": samples.ASSESSOR,
        "person": [{"label": "Nama", "value": samples.EMPLOYEE["name"]}, {"label": "NIP", "value": "-"}],
        "predicate": "Baik",
        "percentage": "100 %",
        "coefficient": "25",
        "credit": "25,000",
        "working": "12/12 × 25 × 100 % = 25,000",
        "signatures": [],
    }


def notebook(notes: int = 3) -> dict[str, Any]:
    return {
        "agency": samples.measurement()["agency"],
        "period": "2025",
        "employee": samples.EMPLOYEE,
        "notes": [
            {
                "date": "3 Maret 2025",
                "text": "Disiplin: menyelesaikan laporan sebelum waktunya.",
                "by": f"{samples.ASSESSOR['name']}\nNIP {samples.ASSESSOR['nip']}",
            }
            for _ in range(notes)
        ],
    }


def sample(key: str) -> dict[str, Any]:
    return SAMPLES[key]


SAMPLES: dict[str, dict[str, Any]] = {
    "formulir-kinerja": dict(samples.performance_form()),
    "skp-pp46": {**samples.measurement(), "credit_sum": "12,5"},
    "capaian-skp": dict(samples.measurement()),
    "prestasi-kerja": dict(samples.measurement()),
    "catatan-perilaku": notebook(),
    "keterangan-tambahan": letter("tambahan"),
    "keterangan-kreativitas": letter("kreativitas"),
    "konversi-ak": conversion(),
    **{form.key: samples6.sheet(form.code) for form in FORMS if form.code},
}
