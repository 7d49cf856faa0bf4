import time
from dataclasses import replace

from tests.exchange.sheets import xlsx

from takar.exchange.formats.staff import (
    RoleRow,
    StaffFile,
    StaffRow,
    read_staff,
    staff_problem,
    staff_template,
    write_staff,
)
from takar.exchange.workbook import read_workbook
from takar.organisation.enums import PersonKind, PostKind, Role, Standing

HEAD = StaffRow(
    number=2,
    nip="197001011995031001",
    name="Nama Kepala",
    title_front="Drs. H.",
    title_back="M.Si.",
    kind=PersonKind.PNS,
    rank="IV/c",
    post="Kepala Dinas",
    post_kind=PostKind.STRUCTURAL,
    echelon="II.b",
    unit="Dinas",
    standing=Standing.ACTIVE,
    superior_name="H. Nama Bupati",
    superior_post="Bupati",
)
CLERK = StaffRow(
    number=3,
    nip="199002022015042002",
    name="Nama Staf",
    title_front="",
    title_back="A.Md.",
    kind=PersonKind.PNS,
    rank="II/c",
    post="Pengadministrasi Umum",
    post_kind=PostKind.GENERAL,
    echelon="",
    unit="Sekretariat",
    standing=Standing.MPP,
    superior_nip=HEAD.nip,
)
CONTRACT = replace(CLERK, number=4, nip="199203152022211003", name="Nama Lain", kind=PersonKind.PPPK, rank="IX")


def read(*rows: StaffRow, roles: tuple[RoleRow, ...] = ()) -> StaffFile:
    return read_staff(write_staff(rows, roles), name="pegawai.xlsx")


def problems(*rows: StaffRow, roles: tuple[RoleRow, ...] = ()) -> list[str]:
    return [str(problem) for problem in read(*rows, roles=roles).problems]


def from_cells(**cells: object) -> StaffFile:
    given = {
        "NIP": "197001011995031001",
        "Nama": "Nama Orang",
        "Jenis Pegawai": "PNS",
        "Pangkat/Golongan": "III/a",
        "Jabatan": "Analis",
        "Jenis Jabatan": "JFU",
        "Unit": "Sekretariat",
        "NIP Atasan Langsung": "",
        **{title.replace("_", " "): cell for title, cell in cells.items()},
    }
    return read_staff(xlsx({"Data": [list(given), list(given.values())]}), name="x.xlsx")


def test_list_comes_back_as_it_was_written() -> None:
    roles = (RoleRow(2, Role.KEPALA, HEAD.nip), RoleRow(3, Role.STAF, CLERK.nip), RoleRow(4, Role.STAF, CONTRACT.nip))
    assert read(HEAD, CLERK, CONTRACT, roles=roles) == StaffFile((HEAD, CLERK, CONTRACT), roles, (), ())


def test_template_is_empty_until_somebody_fills_it() -> None:
    data = staff_template()
    assert read_staff(data, name="templat.xlsx") == StaffFile((), (), (), ())
    assert list(read_workbook(data, name="templat.xlsx").sheets) == ["Petunjuk", "Pegawai", "Peran"]


def test_same_content_gives_the_same_bytes() -> None:
    assert write_staff([HEAD, CLERK]) == write_staff([HEAD, CLERK])
    assert staff_template() == staff_template()


def test_list_without_sheet_of_roles_is_read() -> None:
    found = from_cells()
    assert (len(found.rows), found.roles, found.problems) == (1, (), ())


def test_full_name_is_split_when_the_columns_of_degrees_are_empty() -> None:
    row = from_cells(Nama="Drs. H. Nama Orang, M.Si.").rows[0]
    assert (row.title_front, row.name, row.title_back) == ("Drs. H.", "Nama Orang", "M.Si.")


def test_name_is_left_alone_when_degrees_have_their_column() -> None:
    row = from_cells(Nama="Nama Orang, Jr", Gelar_Belakang="S.E.").rows[0]
    assert (row.title_front, row.name, row.title_back) == ("", "Nama Orang, Jr", "S.E.")


def test_standing_is_active_when_nothing_is_said() -> None:
    assert from_cells().rows[0].standing == Standing.ACTIVE


def test_spellings_of_offices_are_known() -> None:
    row = from_cells(Jenis_Jabatan="Pelaksana", Status="Masa Persiapan Pensiun", Eselon="-").rows[0]
    assert (row.post_kind, row.standing, row.echelon) == (PostKind.GENERAL, Standing.MPP, "")


def test_person_without_nip_is_only_another_official() -> None:
    official = replace(HEAD, nip="", kind=PersonKind.OTHER, rank="")
    assert read(official).rows == (official,)
    assert problems(replace(HEAD, nip="")) == [
        "Lembar Pegawai, baris 2, kolom A (NIP): Belum diisi; hanya “Pejabat lain” yang boleh tanpa NIP."
    ]


def test_nip_of_a_civil_servant_is_read_strictly_and_of_a_contract_not() -> None:
    assert problems(HEAD, replace(CONTRACT, number=3, kind=PersonKind.PNS, rank="III/a")) == [
        "Lembar Pegawai, baris 3, kolom A (NIP): "
        "Bagian bulan pengangkatan dalam NIP (202221) bukan tanggal yang ada; periksa angka NIP."
    ]


def test_nip_that_stands_twice_names_both_rows() -> None:
    assert problems(HEAD, CLERK, replace(CLERK, number=4)) == [
        f"Lembar Pegawai, baris {row}, kolom A (NIP): NIP {CLERK.nip} juga ada di baris {other}; "
        "hapus baris yang berlebih atau betulkan NIP-nya."
        for row, other in ((3, 4), (4, 3))
    ]


def test_rank_must_fit_the_kind_of_employee() -> None:
    assert problems(replace(HEAD, rank=""), replace(CLERK, rank="IX"), replace(CONTRACT, rank="III/a")) == [
        "Lembar Pegawai, baris 2, kolom F (Pangkat/Golongan): Belum diisi; pangkat/golongan PNS dan CPNS wajib diisi.",
        "Lembar Pegawai, baris 3, kolom F (Pangkat/Golongan): Golongan IX bukan golongan PNS; isilah misalnya III/a.",
        "Lembar Pegawai, baris 4, kolom F (Pangkat/Golongan): Golongan III/a bukan golongan PPPK; isilah I sampai XVII.",
    ]


def test_nobody_is_the_own_superior() -> None:
    assert problems(replace(HEAD, superior_nip=HEAD.nip)) == [
        "Lembar Pegawai, baris 2, kolom L (NIP Atasan Langsung): "
        "NIP ini milik pegawai itu sendiri; isilah NIP atasan langsungnya."
    ]


def test_superiors_in_a_circle_are_shown_as_one() -> None:
    circle = "Nama Kepala → Nama Staf → Nama Kepala"
    assert problems(replace(HEAD, superior_nip=CLERK.nip), CLERK, replace(CONTRACT, superior_nip=HEAD.nip)) == [
        f"Lembar Pegawai, baris {row}, kolom L (NIP Atasan Langsung): "
        f"Atasan langsung berputar: {circle}; betulkan salah satunya."
        for row in (2, 3)
    ]


def test_superior_without_nip_needs_a_post() -> None:
    assert problems(replace(HEAD, superior_post="")) == [
        "Lembar Pegawai, baris 2, kolom N (Jabatan Atasan Langsung): "
        "Belum diisi; isilah jabatan H. Nama Bupati, misalnya Bupati."
    ]


def test_superior_given_by_name_only_is_found_in_the_list() -> None:
    row = replace(CLERK, superior_nip="", superior_name="Drs. Nama Kepala", superior_post="Kepala Dinas")
    assert problems(HEAD, row) == [
        "Lembar Pegawai, baris 3, kolom L (NIP Atasan Langsung): "
        f"Belum diisi, padahal Drs. Nama Kepala ada di daftar ini; isilah dengan NIP-nya, {HEAD.nip}."
    ]


def test_superior_outside_the_file_is_left_to_the_caller() -> None:
    found = read(replace(CLERK, number=2))
    assert (found.problems, [row.superior_nip for row in found.outside_superiors]) == ((), [HEAD.nip])
    assert read(HEAD, CLERK).outside_superiors == ()


def test_superior_whose_own_row_is_bad_is_left_to_the_caller() -> None:
    found = read(replace(HEAD, rank=""), CLERK)
    assert found.outside_superiors == (CLERK,)


def test_degrees_that_do_not_fit_are_asked_for_apart() -> None:
    assert [str(problem) for problem in from_cells(Nama="Nama Orang, " + "S.E., " * 20).problems] == [
        "Lembar Data, baris 2, kolom B (Nama): "
        "Nama dan gelar tidak dapat dipisahkan; tulis gelar di kolom Gelar Depan dan Gelar Belakang."
    ]


def test_unknown_words_name_the_known_ones() -> None:
    found = from_cells(Jenis_Pegawai="Honorer", Jenis_Jabatan="Bos", Status="Cuti")
    assert [problem.message for problem in found.problems] == [
        "Berisi “Honorer”, yang tidak dikenal; isilah dengan PNS, CPNS, PPPK, atau Pejabat lain.",
        "Berisi “Bos”, yang tidak dikenal; isilah dengan Struktural, JFT (fungsional tertentu), atau JFU (pelaksana).",
        "Berisi “Cuti”, yang tidak dikenal; isilah dengan Aktif, CLTN, Tugas Belajar, Pemberhentian Sementara, MPP, "
        "Pensiun.",
    ]


def test_role_held_by_two_names_both_rows() -> None:
    roles = (RoleRow(2, Role.SEKRETARIS, HEAD.nip), RoleRow(3, Role.SEKRETARIS, CLERK.nip))
    assert problems(HEAD, CLERK, roles=roles) == [
        f"Lembar Peran, baris {row}, kolom A (Peran): Peran ini juga diisi di baris {other}; pemegangnya hanya satu orang."
        for row, other in ((2, 3), (3, 2))
    ]


def test_same_role_and_nip_twice_is_said() -> None:
    roles = (RoleRow(2, Role.STAF, HEAD.nip), RoleRow(3, Role.STAF, HEAD.nip))
    assert problems(HEAD, roles=roles) == [
        f"Lembar Peran, baris {row}, kolom B (NIP): Peran dan NIP yang sama juga ada di baris {other}; hapus salah satunya."
        for row, other in ((2, 3), (3, 2))
    ]


def test_finding_of_the_caller_is_put_at_its_cell() -> None:
    row = read(HEAD, CLERK).rows[1]
    assert str(staff_problem(row, "superior_nip", "Tidak ada.")) == (
        "Lembar Pegawai, baris 3, kolom L (NIP Atasan Langsung): Tidak ada."
    )


def test_name_that_looks_like_a_formula_stays_a_name() -> None:
    row = replace(HEAD, name='=HYPERLINK("x")', title_front="", title_back="S.E.")
    assert read(row).rows == (row,)


def test_ten_thousand_people_are_read_in_seconds() -> None:
    rows = [
        replace(HEAD, number=number + 2, nip=f"19700101199503{1}{number:03d}"[:14] + "1" + f"{number % 1000:03d}")
        for number in range(1_000)
    ]
    names = [replace(row, nip=f"{1960 + tens}{row.nip[4:]}") for tens in range(10) for row in rows]
    data = write_staff(names)
    start = time.process_time()
    found = read_staff(data, name="besar.xlsx")
    assert time.process_time() - start < 8
    assert (len(found.rows), found.problems) == (10_000, ())
