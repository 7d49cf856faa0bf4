"""What the command line refuses: a sentence on stderr, exit code 1, and nothing changed."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.cli.conftest import BUDI, CODE, DEMO, KASUBBAG, PASSWORD, STAF, SUPERIOR, Answer, Takar
from tests.cli.test_story import ASSESSMENT, as_file
from tests.office import OUTSIDER, make_outsider
from tests.races.truth import all_rows

from takar.accounts.models import User
from takar.appraisal.models import Activity
from takar.cli import COMMANDS, CURE
from takar.organisation.models import Employee

WAITING_AT_4 = "SKP-2025-198708092011012006"
WAITING_AT_2 = "SKP-2025-199203152022211003"
NOTHING = "Tidak ada yang dikerjakan.\n"
NOT_YOURS = "Langkah ini bukan tugas Anda, sehingga tidak ada yang berubah."


def refused(takar: Takar, *words: object, **environment: str) -> str:
    """The sentences, after seeing that the command changed no row."""
    before = all_rows()
    code, out, err = takar(*words, **environment)
    assert (code, out) == (1, "")
    assert all_rows() == before
    return err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["tasks", "--as", "123"], "Pelaku tidak dikenal.\n  --as: Tidak ada akun aktif dengan NIP 123.\n"),
        (["tasks", "--as", ""], "Pelaku tidak dikenal.\n  --as: Tidak ada akun aktif dengan NIP .\n"),
        (["act", "--as", STAF, "SKP-2025-0"], f"{NOTHING}  SKP-2025-0: Berkas tidak ditemukan.\n"),
        (["act", "--as", STAF, CODE, "x"], f"{NOTHING}  x: Berkas tidak ditemukan.\n"),
        (["act", "--as", BUDI, WAITING_AT_2], f"{NOTHING}  {WAITING_AT_2}: Berkas tidak ditemukan.\n"),
        (
            ["act", "--as", KASUBBAG, CODE, WAITING_AT_2],
            (
                "Berkas-berkas ini berada di langkah yang berbeda, sehingga tidak ada yang dikerjakan. "
                f"Kerjakan per langkah.\n  {CODE}: Berada di langkah 1.\n  {WAITING_AT_2}: Berada di langkah 2.\n"
            ),
        ),
        (
            ["act", "--as", SUPERIOR, WAITING_AT_4],
            "Tindakan ini memerlukan kata sandi; isikan TAKAR_PASSWORD atau jalankan di terminal.\n",
        ),
        (
            ["codes", "--as", KASUBBAG, "111"],
            "Tidak ada kode yang dibuat.\n  111: Tidak ada pegawai kantor ini dengan NIP itu.\n",
        ),
        (
            ["codes", "--as", STAF, BUDI],
            (
                "Data kantor hanya dapat diubah oleh Administrator atau Kasubbag Umum dan Kepegawaian. "
                "Sampaikan perubahan yang diperlukan kepada mereka.\n"
            ),
        ),
        (
            ["open-period", "--as", KASUBBAG, "2025"],
            (
                "Periode 2025 sudah dibuka oleh Nurul Hidayati, S.Sos. pada 12 Januari 2026 pukul 09.30 WITA; "
                "tidak ada yang berubah.\n"
            ),
        ),
        (["open-period", "--as", KASUBBAG, "1999"], "Periode belum dibuka.\n  Tahun: Isi antara 2014 dan 2026.\n"),
        (
            ["open-period", "--as", KASUBBAG, "2024", "--method", "x"],
            "Periode belum dibuka.\n  Cara penilaian: Pilih salah satu yang tersedia.\n",
        ),
        (
            ["open-period", "--as", STAF, "2024"],
            "Periode penilaian hanya dapat dibuka oleh Kasubbag Umum dan Kepegawaian atau Administrator.\n",
        ),
        (
            ["import", "--as", KASUBBAG, "pegawai", "/tidak/ada.xlsx"],
            "/tidak/ada.xlsx tidak dapat dibaca (No such file or directory). Periksa nama dan izinnya.\n",
        ),
        (
            ["forms", "--as", STAF, "--collect", "/tidak/ada.xlsx"],
            "/tidak/ada.xlsx tidak dapat dibaca (No such file or directory). Periksa nama dan izinnya.\n",
        ),
        (
            ["forms", "--as", STAF, "--blank", "/tidak/ada.xlsx"],
            "/tidak/ada.xlsx tidak dapat ditulis (No such file or directory). Periksa nama dan izin foldernya.\n",
        ),
        (
            ["forms", "--as", BUDI, "--blank", "x.xlsx"],
            "Tidak ada berkas yang menunggu formulir, sehingga tidak ada yang ditulis.\n",
        ),
    ],
)
def test_command_says_what_is_wrong(takar: Takar, words: list[str], sentence: str) -> None:
    assert refused(takar, *words) == sentence


def test_closed_account_acts_no_more(takar: Takar) -> None:
    User.objects.filter(username=STAF).update(is_active=False)
    assert refused(takar, "act", "--as", STAF, CODE).startswith("Pelaku tidak dikenal.\n")


@pytest.mark.parametrize("command", ["act", "return"])
def test_case_of_another_office_is_not_found(takar: Takar, command: str) -> None:
    make_outsider()
    words = ["--to", 1, "--reason", "Coba."] if command == "return" else []
    expected = f"{NOTHING}  {CODE}: Berkas tidak ditemukan.\n"
    assert refused(takar, command, "--as", OUTSIDER[0], CODE, *words) == expected


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["act", "--as", KASUBBAG, CODE], NOT_YOURS),
        (["return", "--as", STAF, "--to", "1", "--reason", "Coba.", CODE], "Menurut SOP, langkah 1 tidak dapat"),
    ],
)
def test_act_on_a_step_that_is_not_yours_is_reported_by_line(takar: Takar, words: list[str], sentence: str) -> None:
    before = all_rows()
    code, out, err = takar(*words)
    assert (code, err) == (1, "")
    assert out.startswith(f"✗ {CODE} Budi Hartono, S.E.: {sentence}")
    assert out.count(sentence) == 1
    assert all_rows() == before


def test_one_case_named_twice_is_done_once(takar: Takar) -> None:
    takar("forms", "--as", STAF, "--collect", DEMO / "formulir" / "budi-hartono.xlsx")
    assert takar("act", "--as", STAF, CODE, CODE) == Answer(0, f"✓ {CODE} Budi Hartono, S.E.: Selesai.\n", "")


def test_wrong_password_signs_nothing(takar: Takar) -> None:
    assert refused_but_counted(takar, "act", "--as", SUPERIOR, WAITING_AT_4, TAKAR_PASSWORD="salah") == (
        "Kata sandi yang dimasukkan salah. Dokumen belum ditandatangani; masukkan sekali lagi.\n"
    )


def refused_but_counted(takar: Takar, *words: object, **environment: str) -> str:
    """Only the wrong try itself is remembered."""
    before = all_rows()
    code, _, err = takar(*words, **environment)
    assert code == 1
    assert {label for label, rows in all_rows().items() if rows != before[label]} == {"accounts.Attempts"}
    return err


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "Berkas bukan JSON yang benar (Expecting value: line 1 column 1 (char 0)); perbaiki lalu ulangi."),
        ("[]", "Isi berkas harus satu objek JSON { … }."),
        ('{"quality": {}, "quality": {}}', "quality: Isian ini ada dua kali; hapus salah satu."),
        ("{}", "quality: Isian ini harus ada dan berupa objek; bentuknya"),
        ('{"quality": {"1": "x"}, "behaviour": {}}', "quality.1: “x” tidak terbaca sebagai angka;"),
        ('{"quality": {"1": NaN}, "behaviour": {}}', "quality.1: Yang diterima bilangan pecahan biner (float)"),
        ('{"quality": {"1": true}, "behaviour": {}}', "quality.1: Yang diterima isian, bukan angka pasti;"),
        ('{"quality": {"9": 90}, "behaviour": {}}', "quality.9: Tidak dinilai dalam berkas ini; yang dinilai: 1, 2,"),
        ('{"quality": {}, "behaviour": {"sakti": 90}}', "behaviour.sakti: Tidak dinilai dalam berkas ini;"),
        ('{"quality": {}, "behaviour": [1]}', "behaviour: Isian ini harus ada dan berupa objek;"),
        ('{"quality": {}, "behaviour": {}, "nilai": 1}', "nilai: Isian ini tidak dikenal; bentuknya"),
    ],
)
def test_assessment_that_is_none_is_named(takar: Takar, tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "penilaian.json"
    path.write_text(content, encoding="utf-8")
    words = ["act", "--as", SUPERIOR, WAITING_AT_4, "--assessment", path]
    said = refused(takar, *words, TAKAR_PASSWORD=PASSWORD)
    assert said.startswith("Berkas penilaian tidak dapat dipakai.\n")
    assert problem in said


def test_assessment_that_cannot_be_read_is_named(takar: Takar, tmp_path: Path) -> None:
    words = ["act", "--as", SUPERIOR, WAITING_AT_4, "--assessment", tmp_path]
    assert refused(takar, *words, TAKAR_PASSWORD=PASSWORD).endswith(
        f"{tmp_path}: Berkas tidak dapat dibaca (Is a directory); periksa nama dan izinnya.\n"
    )


@pytest.mark.parametrize("change", [{"quality": {"1": 101}}, {"behaviour": {"integritas": None}}])
def test_assessment_out_of_range_or_incomplete_approves_nothing(
    takar: Takar, tmp_path: Path, change: dict[str, Any]
) -> None:
    given = as_file(tmp_path, json.loads(json.dumps(ASSESSMENT | change)))
    code, out, _ = takar("act", "--as", SUPERIOR, WAITING_AT_4, "--assessment", given, TAKAR_PASSWORD=PASSWORD)
    assert code == 1
    assert out.startswith(f"✗ {WAITING_AT_4} Maya Puspitasari, S.IP.: Penilaian belum ")


def test_assessment_is_for_one_case_only(takar: Takar, tmp_path: Path) -> None:
    given = as_file(tmp_path, ASSESSMENT)
    both = [WAITING_AT_4, "SKP-2025-198202112008011007"]
    assert refused(takar, "act", "--as", KASUBBAG, *both, "--assessment", given, TAKAR_PASSWORD=PASSWORD) == (
        "Penilaian diisi dan dokumen ditandatangani satu per satu, sehingga tidak ada yang dikerjakan. "
        "Sebutkan satu berkas saja; untuk banyak tanda tangan: takar sign documents.\n"
    )


def test_database_that_is_locked_is_told(takar: Takar) -> None:
    with sqlite3.connect(connection.settings_dict["NAME"]) as other, connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 10")
        other.execute("BEGIN IMMEDIATE")
        code, out, err = takar("act", "--as", STAF, CODE)
    other.close()
    assert (code, out) == (1, "")
    assert err == f"Basis data tidak dapat dipakai (database is locked). {CURE}\n"


def test_database_that_is_full_is_told_and_keeps_nothing_of_the_act(takar: Takar) -> None:
    takar("forms", "--as", STAF, "--collect", DEMO / "formulir" / "budi-hartono.xlsx")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    said = f"Basis data tidak dapat dipakai (database or disk is full). {CURE}\n"
    assert refused(takar, "open-period", "--as", KASUBBAG, 2024) == said
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")
    assert takar("open-period", "--as", KASUBBAG, 2024).code == 0


TORN = "rusak atau terpotong sehingga tidak dapat dibaca. Buka lagi berkas aslinya, simpan ulang sebagai .xlsx, lalu"
NIP_COLUMN = "Lembar Pegawai, baris 2, kolom A (NIP): NIP"


@pytest.mark.parametrize(
    ("kind", "name", "sentence"),
    [
        ("pegawai", "formulir-terpotong.xlsx", TORN),
        ("pegawai", "pdf-bernama-xlsx.xlsx", "adalah dokumen PDF, bukan buku kerja Excel (.xlsx)."),
        ("pegawai", "pegawai-nip-17-angka.xlsx", f"{NIP_COLUMN} harus 18 angka, yang ditemukan 17 angka;"),
        ("pegawai", "pegawai-nip-sebagai-angka.xlsx", f"{NIP_COLUMN} tersimpan sebagai angka sehingga angka terakhir"),
        ("target", "target-berisi-rumus.xlsx", "Sel G2 berisi rumus; salin lalu tempel sebagai nilai"),
        ("target", "target-huruf-dalam-angka.xlsx", "“empat” tidak terbaca sebagai angka; tulislah misalnya 12,"),
    ],
)
def test_wrong_workbook_is_told_and_takes_nothing_in(takar: Takar, kind: str, name: str, sentence: str) -> None:
    rows = [Employee, Activity]
    before = [model.objects.count() for model in rows]
    code, out, err = takar("import", "--as", KASUBBAG, kind, DEMO / "salah" / name, "--apply")
    assert code == 1
    assert sentence in out + err
    assert [model.objects.count() for model in rows] == before


def test_torn_form_is_reported_by_file(takar: Takar) -> None:
    torn, good = DEMO / "salah" / "formulir-terpotong.xlsx", DEMO / "formulir" / "budi-hartono.xlsx"
    code, out, err = takar("forms", "--as", STAF, "--collect", torn, good)
    assert (code, err) == (1, "")
    first, second = out.splitlines()
    assert first == f"✗ formulir-terpotong.xlsx  : Berkas “formulir-terpotong.xlsx” {TORN} unggah hasilnya."
    assert second == f"✓ budi-hartono.xlsx {CODE} Budi Hartono, S.E.: Terbaca."


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_help_is_indonesian(takar: Takar, command: str) -> None:
    code, out, err = takar(command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"pemakaian: takar {command} ")
    assert not {"usage", "options", "arguments", "show this"} & set(out.replace(":", " ").split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "takar: masih harus diisi: PERINTAH. Lihat takar --help.\n"),
        (["act"], "takar act: masih harus diisi: --as, BERKAS. Lihat takar act --help.\n"),
        (["tasks", "--as"], "takar tasks: --as: isinya belum disebutkan. Lihat takar tasks --help.\n"),
        (["tasks", "--as", "1", "2"], "takar: tidak dikenal: 2. Lihat takar --help.\n"),
        (
            ["tasks", "--as", "1", "--step", "dua"],
            "takar tasks: --step: 'dua' tidak terbaca; isilah dengan bilangan bulat. Lihat takar tasks --help.\n",
        ),
        (
            ["import", "--as", "1", "gaji", "x"],
            (
                "takar import: JENIS: 'gaji' tidak dikenal; pilih salah satu dari 'pegawai', 'target', 'skp6'. "
                "Lihat takar import --help.\n"
            ),
        ),
        (
            ["serve", "--port", "0"],
            "takar serve: --port: isilah dengan bilangan bulat, paling sedikit 1. Lihat takar serve --help.\n",
        ),
        (
            ["serve", "--port", "70000"],
            "takar serve: --port: nomor port paling besar 65535. Lihat takar serve --help.\n",
        ),
        (
            ["forms", "--as", "1"],
            "takar forms: pilih salah satu dari --blank --collect. Lihat takar forms --help.\n",
        ),
    ],
)
def test_wrong_call_is_told_in_indonesian(takar: Takar, words: list[str], said: str) -> None:
    code, out, err = takar(*words)
    assert (code, out, err.splitlines(keepends=True)[-1]) == (2, "", said)
