"""The whole procedure by the command line alone, and what it leaves."""

import json
import re
from pathlib import Path

import pytest
from tests.cli.conftest import BUDI, CODE, DEMO, KASUBBAG, PASSWORD, STAF, SUPERIOR, Answer, Takar

from takar.casework.models import Case
from takar.exchange.formats.forms import read_forms
from takar.organisation.actions import activate_account

DONE = f"✓ {CODE} Budi Hartono, S.E.: Selesai.\n"
ASPECTS = ("orientasi_pelayanan", "integritas", "komitmen", "disiplin", "kerja_sama")
ASSESSMENT = {
    "quality": {"1": 90, "2": "87,5", "3": 85, "4": 88},
    "behaviour": dict.fromkeys(ASPECTS, 89),
    "recommendation": "Dipertahankan.",
}


def as_file(folder: Path, content: object) -> Path:
    path = folder / "penilaian.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize("databases", ["sqlite", "postgresql"], indirect=True)
def test_case_goes_from_the_form_to_the_box(takar: Takar, tmp_path: Path) -> None:
    blank, note = tmp_path / "kosong.xlsx", tmp_path / "titik-periksa.txt"
    assert takar("forms", "--as", STAF, "--blank", blank) == Answer(0, f"Ditulis: {blank}\n", "")
    assert CODE in [form.code for form in read_forms(blank.read_bytes(), name="kosong.xlsx")]
    collected = takar("forms", "--as", STAF, "--collect", DEMO / "formulir" / "budi-hartono.xlsx")
    assert collected == Answer(0, f"✓ budi-hartono.xlsx {CODE} Budi Hartono, S.E.: Terbaca.\n", "")
    assert takar("act", "--as", STAF, CODE) == Answer(0, DONE, "")
    assert takar("return", "--as", KASUBBAG, "--to", 1, "--reason", "Lengkapi bukti.", CODE) == Answer(0, DONE, "")
    assert takar("act", "--as", STAF, CODE) == Answer(0, DONE, "")
    assert takar("act", "--as", KASUBBAG, CODE) == Answer(0, DONE, "")
    assert takar("act", "--as", STAF, CODE) == Answer(0, DONE, "")
    given = as_file(tmp_path, ASSESSMENT)
    assert takar("act", "--as", SUPERIOR, CODE, "--assessment", given, TAKAR_PASSWORD=PASSWORD) == Answer(0, DONE, "")
    assert takar("act", "--as", BUDI, CODE, TAKAR_PASSWORD=PASSWORD) == Answer(0, DONE, "")
    assert takar("act", "--as", STAF, CODE) == Answer(0, DONE, "")
    assert takar("act", "--as", KASUBBAG, CODE, "--box", "B-01", "--shelf", "R-1") == Answer(0, DONE, "")
    case = Case.objects.get(code=CODE)
    assert (case.step, case.open_step) == (0, None)
    assert takar("checkpoint", "--export", note).code == 0
    assert takar("verify", "--checkpoint", note, "--quiet") == Answer(0, "", "")
    for words in ([], ["--quick"]):
        assert takar("recompute", "--check", *words) == Answer(0, "Semua hasil tersimpan terhitung sama.\n", "")


def test_tasks_are_those_of_the_person(takar: Takar) -> None:
    assert takar("tasks", "--as", SUPERIOR) == Answer(
        0,
        "SKP-2025-198708092011012006\tlangkah 4\tMaya Puspitasari, S.IP.\tsejak 12 Januari 2026 pukul 09.30 WITA\n",
        "",
    )
    assert takar("tasks", "--as", "19700917 199803 1 006", "--step", 5) == Answer(0, "", "")
    assert takar("tasks", "--as", SUPERIOR, "--step", 0) == Answer(0, "", "")


def test_code_lets_the_person_choose_a_password(takar: Takar) -> None:
    code, out, err = takar("codes", "--as", KASUBBAG, "19850314 201001 1 008")
    given = re.fullmatch(rf"{BUDI}\t([A-Z2-9]{{4}}(-[A-Z2-9]{{4}}){{2}})\tBudi Hartono, S.E.\n", out)
    assert (code, err) == (0, "")
    assert given is not None
    user = activate_account(username=BUDI, code=given[1], password="gunung-biru-42", again="gunung-biru-42")
    assert user.check_password("gunung-biru-42")


def test_codes_for_nobody_say_so(takar: Takar) -> None:
    said = "Semua akun sudah aktif, sehingga tidak ada kode yang dibuat.\n"
    assert takar("codes", "--as", KASUBBAG) == Answer(0, said, "")


def test_period_of_another_year_is_opened_by_one_command(takar: Takar) -> None:
    code, out, err = takar("open-period", "--as", KASUBBAG, 2024, "--method", "pp46-2011")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Penilaian SKP tahun 2024: 23 berkas dibuka.",
        "  tanpa berkas: Dewi Anggraini, S.E., sedang cuti di luar tanggungan negara",
        "  tanpa berkas: H. Syahrudin, S.Sos., sedang masa persiapan pensiun",
        "  tanpa berkas: Hasan Basri, sedang diberhentikan sementara",
    ]
    assert Case.objects.filter(code=f"SKP-2024-{BUDI}").get().step == 1


def test_import_is_looked_at_first_and_then_taken_in(takar: Takar) -> None:
    file = DEMO / "pegawai.xlsx"
    assert takar("import", "--as", KASUBBAG, "pegawai", file) == Answer(0, "26 baris benar, 0 masalah.\n", "")
    assert takar("import", "--as", KASUBBAG, "pegawai", file, "--apply").out.splitlines() == [
        "26 baris benar, 0 masalah.",
        "Pegawai: 0 baru, 0 diubah, 26 tetap. Peran: 0 baru, 0 diubah, 5 tetap.",
    ]


def test_demonstration_is_filled_once(takar: Takar) -> None:
    assert takar("demo", "--fill-only") == Answer(0, "", "")
    assert takar("migrate") == Answer(0, "Basis data siap.\n", "")
