"""What a file would do, checked against the office as it is; nothing is written."""

from decimal import Decimal

import pytest
from tests.exchange.test_actions import EVERYBODY, ROLES, new, person, target
from tests.office import PEOPLE, YEAR, Office
from tests.web.browsing import rows

from takar.exchange.formats.staff import RoleRow, StaffRow, write_staff
from takar.exchange.formats.targets import TargetRow, write_targets
from takar.exchange.preview import StaffPreview, TargetsPreview, preview_staff, preview_targets
from takar.organisation.enums import Role


def staff(office: Office, *people: StaffRow, roles: tuple[RoleRow, ...] = ()) -> StaffPreview:
    return preview_staff(write_staff(people, roles), name="a.xlsx", agency=office.agency)


def targets(office: Office, *lines: TargetRow) -> TargetsPreview:
    return preview_targets(write_targets(lines), name="t.xlsx", agency=office.agency)


def told(found: StaffPreview | TargetsPreview) -> list[str]:
    return [str(problem) for problem in found.problems]


def test_list_as_it_is_has_no_problem_and_writes_nothing(office: Office) -> None:
    before = rows()
    found = staff(office, *EVERYBODY, roles=tuple(ROLES))
    assert (len(found.rows), len(found.roles), told(found), found.ignored) == (9, 5, [], ())
    assert rows() == before


def test_unknown_superior_takes_his_staff_out_with_him(office: Office) -> None:
    """The second row's superior is the first row, which is left out itself."""
    found = staff(
        office,
        new("199912122022031012", "Tanpa Atasan", superior_nip="197001011995011999"),
        new("199912122022031013", "Bawahannya", superior_nip="199912122022031012"),
        person("rekan"),
    )
    assert [row.name for row in found.rows] == ["Rudi Hartawan"]
    assert told(found) == [
        "Lembar Pegawai, baris 2, kolom L (NIP Atasan Langsung): Atasan dengan NIP 197001011995011999 tidak ada di berkas "
        "ini (atau barisnya salah) dan belum terdaftar; tambahkan barisnya, atau betulkan NIP-nya.",
        "Lembar Pegawai, baris 3, kolom L (NIP Atasan Langsung): Atasan dengan NIP 199912122022031012 tidak ada di berkas "
        "ini (atau barisnya salah) dan belum terdaftar; tambahkan barisnya, atau betulkan NIP-nya.",
    ]


def test_superior_who_is_registered_need_not_be_in_the_file(office: Office) -> None:
    assert told(staff(office, new("199912122022031012", "Orang", superior_nip=PEOPLE["atasan_lain"][0]))) == []


def test_superior_who_is_recorded_below_the_person_is_told(office: Office) -> None:
    """The Kepala is above Andi, and Andi above Rudi, by what is recorded; the file alone shows no circle."""
    found = staff(office, person("kepala", superior_nip=PEOPLE["rekan"][0], superior_name="", superior_post=""))
    assert (found.rows, told(found)) == (
        (),
        [
            "Lembar Pegawai, baris 2, kolom L (NIP Atasan Langsung): Atasan langsungnya menjadi bawahan pegawai ini sendiri "
            "menurut data yang tercatat; betulkan salah satunya."
        ],
    )


def test_superior_and_staff_may_change_places_in_one_file(office: Office) -> None:
    above = {"superior_nip": PEOPLE["rekan"][0]}
    found = staff(office, person("atasan", **above), person("rekan", superior_nip=PEOPLE["kepala"][0]))
    assert (told(found), len(found.rows)) == ([], 2)


def test_person_of_another_agency_is_told_which(office: Office) -> None:
    found = staff(office, new(str(office.outsider.nip), "Oscar Luar"), person("rekan"))
    assert told(found) == [
        "Lembar Pegawai, baris 2, kolom A (NIP): NIP ini terdaftar di Dinas Lain; mutasikan dahulu dari sana."
    ]


@pytest.mark.parametrize("nip", ["197210102002101010", "199912122022031019"])
def test_role_for_nobody_of_this_office_is_told_by_its_row(office: Office, nip: str) -> None:
    found = staff(
        office, person("rekan"), roles=(RoleRow(2, Role.STAF, nip), RoleRow(3, Role.KEPALA, PEOPLE["kepala"][0]))
    )
    assert [role.nip for role in found.roles] == [PEOPLE["kepala"][0]]
    assert told(found) == [
        f"Lembar Peran, baris 2, kolom B (NIP): Tidak ada pegawai dengan NIP {nip}; betulkan NIP-nya."
    ]


def test_role_for_somebody_whose_own_row_is_wrong_is_left_out_too(office: Office) -> None:
    orphan = new("199912122022031012", "Tanpa Atasan", superior_nip="197001011995011999")
    found = staff(office, orphan, person("rekan"), roles=(RoleRow(2, Role.STAF, orphan.nip),))
    assert (found.roles, len(found.problems)) == ((), 2)


def test_targets_are_for_people_of_this_office_under_their_own_name(office: Office) -> None:
    good = target("rekan", 1)
    wrong_name = TargetRow(
        3, PEOPLE["pegawai"][0], "Rudi Hartawan", YEAR, 1, "K", Decimal(1), "x", Decimal(1), Decimal(1), "bulan"
    )
    stranger = TargetRow(
        4, str(office.outsider.nip), "Oscar", YEAR, 1, "K", Decimal(1), "x", Decimal(1), Decimal(1), "bulan"
    )
    found = targets(office, good, wrong_name, stranger)
    assert [row.nip for row in found.rows] == [good.nip]
    assert told(found) == [
        "Lembar Target, baris 3, kolom B (Nama): Nama tidak cocok dengan NIP-nya, yang terdaftar atas nama Putri Maharani; "
        "betulkan salah satunya.",
        "Lembar Target, baris 4, kolom A (NIP): NIP 197210102002101010 belum terdaftar di kantor ini; impor dahulu daftar "
        "pegawai, atau betulkan NIP-nya.",
    ]


def test_degrees_and_case_of_a_name_do_not_matter(office: Office) -> None:
    lines = [target("rekan", 1), target("pegawai", 1)]
    renamed = [
        TargetRow(**{**fields(line), "name": name})
        for line, name in zip(lines, ("RUDI HARTAWAN, S.E.", "Dra. putri maharani"), strict=True)
    ]
    assert told(targets(office, *renamed)) == []


def fields(row: TargetRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in TargetRow.__slots__ if name != "source"}


def test_years_and_plans_of_a_file(office: Office) -> None:
    found = targets(
        office, target("rekan", 1, year=2026), target("rekan", 2, year=2026), target("pegawai", 1, year=2024)
    )
    assert found.years == [2024, 2026]
    plans = {year: {p.name: [a.number for a in rows] for p, rows in found.plans(year).items()} for year in found.years}
    assert plans == {2024: {"Putri Maharani": [1]}, 2026: {"Rudi Hartawan": [1, 2]}}
