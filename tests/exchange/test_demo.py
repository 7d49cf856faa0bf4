"""The demonstration's files are what its sources say, and tell the stories that its README promises."""

from decimal import Decimal
from pathlib import Path

import pytest
from tools.make_demo_files import demo_files

from takar.common.errors import InvalidInput
from takar.exchange.formats.forms import FilledForm, FormTarget, read_forms
from takar.exchange.formats.staff import read_staff
from takar.exchange.formats.targets import read_targets
from takar.exchange.formats.work_plans import plan_of, read_work_plans
from takar.organisation.enums import EXEMPT_STANDINGS, Role, Standing

DEMO = Path(__file__).resolve().parents[2] / "demo"
STAFF = read_staff((DEMO / "pegawai.xlsx").read_bytes(), name="pegawai.xlsx")
TARGETS = read_targets((DEMO / "target-skp-2025.xlsx").read_bytes(), name="target-skp-2025.xlsx")
FORMS = {
    form.nip: form for path in DEMO.glob("formulir/*.xlsx") for form in read_forms(path.read_bytes(), name=path.name)
}


def form_of(name: str) -> FilledForm:
    return FORMS[next(row.nip for row in STAFF.rows if row.name == name)]


def test_files_are_the_same_each_time() -> None:
    assert demo_files() == demo_files()


def test_stored_files_are_those_of_the_sources() -> None:
    made = demo_files()
    assert {str(path.relative_to(DEMO)) for path in DEMO.rglob("*.xlsx")} == set(made)
    assert read_staff(made["pegawai.xlsx"], name="x") == STAFF
    assert read_targets(made["target-skp-2025.xlsx"], name="x") == TARGETS
    forms = [read_forms(data, name="x") for path, data in made.items() if path.startswith("formulir/")]
    assert {form.nip: form for several in forms for form in several} == FORMS


def test_staff_list_is_one_whole_tree() -> None:
    assert (len(STAFF.rows), STAFF.problems, STAFF.ignored, STAFF.outside_superiors) == (26, (), (), ())
    assert [row.superior_name for row in STAFF.rows if not row.superior_nip] == ["H. Arifin Wijaya, S.H."]


def test_every_role_of_the_procedure_is_held() -> None:
    nips = {row.nip for row in STAFF.rows}
    assert sorted(role.role for role in STAFF.roles if role.nip in nips) == sorted(
        [Role.KEPALA, Role.SEKRETARIS, Role.KASUBBAG, Role.STAF, Role.STAF]
    )


def test_everybody_who_is_appraised_has_four_to_six_targets() -> None:
    left_out = {*EXEMPT_STANDINGS, Standing.STUDY}
    appraised = {row.nip for row in STAFF.rows if row.standing not in left_out}
    counts = {nip: sum(row.nip == nip for row in TARGETS.rows) for nip in appraised}
    assert TARGETS.problems == ()
    assert ({row.nip for row in TARGETS.rows}, set(counts.values()) - {4, 5, 6}) == (appraised, set())


def test_forms_carry_the_codes_and_the_targets_of_the_period() -> None:
    agreed = {
        (row.nip, row.no): FormTarget(
            row.quantity, row.quantity_unit, row.quality, row.time, row.time_unit, row.cost, row.credit
        )
        for row in TARGETS.rows
    }
    assert [form.code for form in FORMS.values()] == [f"SKP-2025-{nip}" for nip in FORMS]
    assert [
        (form.nip, line.number)
        for form in FORMS.values()
        for line in form.lines
        if line.number and line.target != agreed[form.nip, line.number]
    ] == []


def test_forms_tell_the_promised_stories() -> None:
    assert [form.problems for form in FORMS.values()] == [()] * 13
    assert form_of("Maya Puspitasari").lines[0].time == Decimal("9.12")
    assert [line.note for line in form_of("Taufik Rahman").lines].count("") == 2
    assert [line.name for line in form_of("Wulan Sari").lines if line.number is None] == [
        "Menyusun daftar inventaris arsip perizinan lama"
    ]
    assert [line.number for line in form_of("Noor Laila").lines if line.quantity == 0] == [4]
    assert [line.number for line in form_of("Sulastri").lines if line.quantity is None] == [4]


def test_trial_is_one_unit_and_has_its_plans_under_permenpan_6() -> None:
    trial = read_staff((DEMO / "pegawai-uji-coba.xlsx").read_bytes(), name="x")
    plans = read_work_plans((DEMO / "skp-6-2023.xlsx").read_bytes(), name="x")
    assert (trial.problems, trial.outside_superiors, plans.problems, plans.ignored) == ((), (), (), ())
    assert [row.name for row in trial.rows] == ["Ahmad Fauzan", "Lestari Handayani", "Hendra Gunawan"]
    works = {
        row.name: plan_of([r for r in plans.rows if r.nip == row.nip], [b for b in plans.beside if b.nip == row.nip])
        for row in trial.rows[1:]
    }
    assert {name: [len(work.indicators) for work in plan.works] for name, plan in works.items()} == {
        "Lestari Handayani": [2, 1, 1],
        "Hendra Gunawan": [1, 2],
    }
    assert [len(plan.appendices) for plan in works.values()] == [3, 3]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "pegawai-nip-17-angka.xlsx",
            "Lembar Pegawai, baris 2, kolom A (NIP): NIP harus 18 angka, yang ditemukan 17 angka; "
            "periksa angka yang kurang.",
        ),
        (
            "pegawai-nip-sebagai-angka.xlsx",
            "Lembar Pegawai, baris 2, kolom A (NIP): NIP tersimpan sebagai angka sehingga angka terakhirnya hilang; "
            "ubah format kolom menjadi Teks (Text), lalu ketik ulang NIP-nya.",
        ),
        (
            "target-huruf-dalam-angka.xlsx",
            "Lembar Target, baris 2, kolom G (Kuantitas): “empat” tidak terbaca sebagai angka; "
            "tulislah misalnya 12, 12,5, atau 1.250.000.",
        ),
        (
            "target-berisi-rumus.xlsx",
            "Lembar Target, baris 2, kolom G (Kuantitas): "
            "Sel G2 berisi rumus; salin lalu tempel sebagai nilai (Paste Special → Values).",
        ),
    ],
)
def test_wrong_rows_get_their_sentence(path: str, said: str) -> None:
    read = read_staff if path.startswith("pegawai") else read_targets
    assert [str(problem) for problem in read((DEMO / "salah" / path).read_bytes(), name=path).problems] == [said]


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("formulir-terpotong.xlsx", "rusak atau terpotong sehingga tidak dapat dibaca"),
        ("pdf-bernama-xlsx.xlsx", "adalah dokumen PDF, bukan buku kerja Excel (.xlsx)"),
    ],
)
def test_wrong_files_get_their_sentence(path: str, what: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_forms((DEMO / "salah" / path).read_bytes(), name=path)
    assert caught.value.message.split(". ")[0] == f"Berkas “{path}” {what}"
