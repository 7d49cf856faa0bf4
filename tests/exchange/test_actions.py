"""Files that an office brings, from the upload to the rows: taken in once, only what is right, and each problem told."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from tests.exchange.sheets import xlsx
from tests.office import ACTIVITIES, PEOPLE, TODAY, YEAR, Office
from tests.web.browsing import contents, rows

from takar.appraisal.models import Activity, Appraisal, Plan
from takar.appraisal.plans import save_plans
from takar.audit.models import Event
from takar.casework.models import Case
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed
from takar.exchange import actions, outgoing
from takar.exchange.formats.forms import FilledForm, FormLine, FormSheet, write_forms
from takar.exchange.formats.staff import RoleRow, StaffRow, write_staff
from takar.exchange.formats.targets import TargetRow, write_targets
from takar.exchange.models import ImportBatch, ImportKind, ImportState
from takar.exchange.outgoing import blank_forms
from takar.exchange.workbook import read_workbook
from takar.files.queries import read
from takar.organisation.enums import PersonKind, PostKind, Role, Standing
from takar.organisation.models import Assignment, Employee, RoleHolder
from takar.organisation.queries import roles_of

TOMORROW = TODAY + dt.timedelta(1)
OFFICE_TABLES = ("organisation.Employee", "organisation.Assignment", "organisation.RoleHolder", "organisation.Unit")
PLAN_TABLES = ("appraisal.Plan", "appraisal.Activity")


def person(who: str, number: int = 2, **changes: Any) -> StaffRow:
    nip, name, post, kind, unit, superior = PEOPLE[who]
    above = {"superior_nip": PEOPLE[superior][0]} if superior else BUPATI
    values: dict[str, Any] = {
        "nip": nip, "name": name, "title_front": "", "title_back": "", "kind": PersonKind.PNS, "rank": "III/c", "post": post,
        "post_kind": PostKind(kind), "echelon": "", "unit": unit, "standing": Standing.ACTIVE, **above, **changes,
    }  # fmt: skip
    return StaffRow(number, **values)


BUPATI = {"superior_nip": "", "superior_name": "H. Bupati Contoh", "superior_post": "Bupati"}
EVERYBODY = [person(who) for who in PEOPLE]
ROLES = [
    RoleRow(2, role, PEOPLE[who][0])
    for role, who in (
        (Role.KASUBBAG, "kasubbag"), (Role.STAF, "staf"), (Role.STAF, "staf2"), (Role.SEKRETARIS, "sekretaris"),
        (Role.KEPALA, "kepala"),
    )
]  # fmt: skip


def new(nip: str, name: str, **changes: Any) -> StaffRow:
    return person("rekan", **{"nip": nip, "name": name, **changes})


def bring(
    office: Office, content: bytes, kind: ImportKind = ImportKind.STAFF, on: dt.date = TODAY, who: str = "kasubbag"
) -> ImportBatch:
    actor = office.people[who]
    batch = actions.upload(actor=actor, agency=office.agency, kind=kind, name="berkas.xlsx", content=content)
    return actions.apply(actor=actor, batch_id=batch.pk, on=on)


def staff(
    office: Office, people: list[StaffRow], roles: list[RoleRow] | None = None, on: dt.date = TODAY
) -> ImportBatch:
    return bring(office, write_staff(people, roles or []), on=on)


# --- the staff list


def test_same_list_again_changes_nothing_and_leaves_no_event_but_the_import_s_own(office: Office) -> None:
    before, events = contents(*OFFICE_TABLES), Event.objects.count()
    for _ in range(2):
        batch = staff(office, EVERYBODY, ROLES, on=TOMORROW)
        assert batch.summary == "Pegawai: 0 baru, 0 diubah, 9 tetap. Peran: 0 baru, 0 diubah, 5 tetap."
    assert contents(*OFFICE_TABLES) == before
    verbs = Event.objects.order_by("id").values_list("verb", flat=True)[events:]
    assert list(verbs) == ["import.uploaded", "import.applied"] * 2


def test_changed_post_ends_the_assignment_and_begins_another(office: Office) -> None:
    batch = staff(office, [person("rekan", post="Kepala Seksi", post_kind=PostKind.STRUCTURAL)], on=TOMORROW)
    old, fresh = Assignment.objects.filter(employee=office.rekan).order_by("start")
    assert (old.post, old.start, old.end) == ("Pengelola Data", TODAY, TODAY)
    assert (fresh.post, fresh.start, fresh.end, fresh.superior) == ("Kepala Seksi", TOMORROW, None, office.atasan)
    assert batch.summary == "Pegawai: 0 baru, 1 diubah, 0 tetap."
    event = Event.objects.get(stream=f"employee:{office.rekan.pk}", verb="employee.placed", seq__gt=2)
    assert (event.before["post"], event.after["post"]) == ("Pengelola Data", "Kepala Seksi")


def test_correction_on_the_same_day_is_made_in_place(office: Office) -> None:
    staff(office, [person("rekan", post="Kepala Seksi")])
    [only] = Assignment.objects.filter(employee=office.rekan)
    assert (only.post, only.start, only.end) == ("Kepala Seksi", TODAY, None)


def test_changed_name_and_rank_are_told_field_by_field(office: Office) -> None:
    staff(office, [person("rekan", title_back="M.Si.", rank="IV/a")])
    event = Event.objects.get(stream=f"employee:{office.rekan.pk}", verb="employee.changed")
    assert (event.before, event.after) == (
        {"title_back": "", "rank": "III/c"},
        {"title_back": "M.Si.", "rank": "IV/a"},
    )
    assert Employee.objects.get(pk=office.rekan.pk).full_name == "Rudi Hartawan, M.Si."


def test_account_is_renamed_with_its_person(office: Office) -> None:
    staff(office, [person("rekan", name="Rudi Hartawan Putra")])
    renamed = Employee.objects.select_related("user").get(pk=office.rekan.pk)
    assert (renamed.name, renamed.user.name) == ("Rudi Hartawan Putra", "Rudi Hartawan Putra")


def test_new_person_gets_an_account_without_a_password(office: Office) -> None:
    batch = staff(office, [new("199912122022031012", "Baru Sekali")])
    fresh = Employee.objects.select_related("user").get(nip="199912122022031012")
    assert (fresh.user.username, fresh.user.has_usable_password()) == ("199912122022031012", False)
    assert batch.summary == "Pegawai: 1 baru, 0 diubah, 0 tetap."
    assert fresh.assignments.get().superior == office.atasan


def test_superior_without_nip_is_one_person_for_all_who_name_him(office: Office) -> None:
    before = Employee.objects.filter(nip=None).count()
    names = ("199912122022031012", "199912122022031013")
    staff(office, [new(nip, f"Orang {nip[-1]}", **BUPATI) for nip in names])
    assert (before, Employee.objects.filter(nip=None).count()) == (1, 1)
    bupati = Employee.objects.select_related("user").get(nip=None)
    assert (bupati.name, bupati.kind, bupati.user.username) == ("H. Bupati Contoh", "lain", "h.bupati.contoh")
    assert {a.superior for a in Assignment.objects.filter(employee__nip__in=names)} == {bupati}
    assert (bupati.assignments.get().post, bupati.assignments.get().unit.name) == ("Bupati", office.agency.region)


def test_second_superior_of_a_name_gets_a_free_name_to_sign_in(office: Office) -> None:
    people = [
        new("199912122022031012", "Orang A", superior_nip="", superior_name="Bupati Contoh", superior_post="Wakil"),
        new("199912122022031013", "Orang B", superior_nip="", superior_name="H Bupati-Contoh", superior_post="Asisten"),
    ]
    staff(office, people)
    names = Employee.objects.filter(nip=None).order_by("user__username").values_list("user__username", flat=True)
    assert list(names) == ["bupati.contoh", "h.bupati.contoh", "h.bupati.contoh2"]


def test_good_rows_go_in_alone(office: Office) -> None:
    good = new("199912122022031012", "Baik")
    bad = [
        new("199912122022031013", "Tanpa Atasan", superior_nip="197001011995011999"),
        new("199912122022031014", "Bawahannya", superior_nip="199912122022031013"),
        new("197210102002101010", "Oscar Luar"),
    ]
    batch = staff(office, [good, *bad])
    assert batch.summary == "Pegawai: 1 baru, 0 diubah, 0 tetap."
    assert Employee.objects.filter(nip__in=[row.nip for row in bad], agency=office.agency).count() == 0
    assert Event.objects.get(stream=f"import:{batch.pk}", verb="import.applied").after["problems"] == 3


def test_file_without_a_good_row_is_not_taken_in(office: Office) -> None:
    content = write_staff([new("197210102002101010", "Oscar Luar")])
    before = contents(*OFFICE_TABLES)
    with pytest.raises(InvalidInput) as refused:
        bring(office, content)
    assert [p.message for p in refused.value.problems] == [
        "NIP ini terdaftar di Dinas Lain; mutasikan dahulu dari sana."
    ]
    assert (contents(*OFFICE_TABLES), ImportBatch.objects.get().state) == (before, ImportState.PENDING)


def test_superior_of_another_agency_is_accepted(office: Office) -> None:
    staff(office, [new("199912122022031012", "Orang", superior_nip=str(office.outsider.nip))])
    assert Assignment.objects.get(employee__nip="199912122022031012").superior == office.outsider


def test_roles_of_the_file_replace_the_holders_of_these_roles_only(office: Office) -> None:
    roles = [RoleRow(2, Role.STAF, PEOPLE["rekan"][0]), RoleRow(3, Role.KEPALA, PEOPLE["kepala"][0])]
    batch = staff(office, EVERYBODY, roles, on=TOMORROW)
    held = {name: set(roles_of(office.people[name], TOMORROW)) for name in PEOPLE}
    assert held == {
        "kepala": {"kepala"}, "sekretaris": {"sekretaris"}, "kasubbag": {"kasubbag", "admin"}, "staf": set(), "staf2": set(),
        "atasan": set(), "pegawai": set(), "rekan": {"staf"}, "atasan_lain": set(),
    }  # fmt: skip
    assert batch.summary.endswith("Peran: 1 baru, 2 diubah, 1 tetap.")


def test_role_may_go_to_somebody_who_comes_with_the_same_file(office: Office) -> None:
    fresh = new("199912122022031012", "Baru Sekali")
    staff(office, [fresh], [RoleRow(2, Role.SEKRETARIS, fresh.nip)])
    assert RoleHolder.objects.get(role="sekretaris", agency=office.agency, end=None).employee.nip == fresh.nip


def test_role_for_a_person_of_another_agency_is_left_out(office: Office) -> None:
    before = contents("organisation.RoleHolder")
    batch = staff(office, [person("rekan")], [RoleRow(2, Role.KASUBBAG, str(office.outsider.nip))])
    assert batch.summary == "Pegawai: 0 baru, 0 diubah, 1 tetap."
    assert contents("organisation.RoleHolder") == before


def test_kasubbag_only_and_only_once(office: Office) -> None:
    content = write_staff([new("199912122022031012", "Baru Sekali")])
    for who in ("staf", "sekretaris", "kepala", "pegawai", "outsider"):
        with pytest.raises(NotAllowed):
            bring(office, content, who=who)
    assert ImportBatch.objects.count() == 0
    batch = bring(office, content)
    before = rows(), contents(*OFFICE_TABLES)
    with pytest.raises(AlreadyDone) as refused:
        actions.apply(actor=office.kasubbag, batch_id=batch.pk, on=TODAY)
    told = "Berkas ini sudah dimasukkan pada 12 Januari 2026 pukul 09.30 WITA; tidak ada yang berubah."
    assert (refused.value.message, (rows(), contents(*OFFICE_TABLES))) == (told, before)
    with pytest.raises(NotAllowed):
        actions.apply(actor=office.staf, batch_id=batch.pk, on=TODAY)


def test_uploaded_file_is_kept_byte_by_byte(office: Office) -> None:
    content = write_staff([person("rekan")])
    name = "x" * 300 + ".xlsx"
    batch = actions.upload(
        actor=office.kasubbag, agency=office.agency, kind=ImportKind.STAFF, name=name, content=content
    )
    assert (read(batch.file), len(batch.name), batch.name.endswith("x.xlsx")) == (content, 200, True)


def test_unreadable_file_is_not_kept(office: Office) -> None:
    before = rows()
    for content in (b"", b"x", b"PK\x03\x04", write_staff(EVERYBODY)[:-200]):
        with pytest.raises(InvalidInput):
            bring(office, content)
    assert rows() == before


# --- targets


def target(who: str, no: int, year: int = YEAR + 1, **changes: Any) -> TargetRow:
    nip, name, *_ = PEOPLE[who]
    values: dict[str, Any] = {
        "activity": f"Kegiatan {no}", "quantity": Decimal(12), "quantity_unit": "laporan", "quality": Decimal(100),
        "time": Decimal(12), "time_unit": "bulan", **changes,
    }  # fmt: skip
    return TargetRow(2, nip, name, year, no, **values)


def targets(office: Office, *lines: TargetRow, who: str = "staf") -> ImportBatch:
    return bring(office, write_targets(lines), ImportKind.TARGETS, who=who)


def test_same_targets_again_change_nothing(office: Office) -> None:
    lines = [target("rekan", 1), target("rekan", 2, cost=Decimal("12500000.5")), target("pegawai", 1, year=YEAR + 2)]
    assert targets(office, *lines).summary == "SKP: 2 baru, 0 diubah, 0 tetap."
    before, events = contents(*PLAN_TABLES), Event.objects.count()
    assert targets(office, *lines).summary == "SKP: 0 baru, 0 diubah, 2 tetap."
    assert contents(*PLAN_TABLES) == before
    assert [e.verb for e in Event.objects.order_by("id")[events:]] == ["import.uploaded", "import.applied"]


def test_activities_are_numbered_in_the_order_of_the_file(office: Office) -> None:
    targets(office, target("rekan", 7, activity="Pertama"), target("rekan", 3, activity="Kedua"))
    kept = Activity.objects.filter(plan__employee=office.rekan, plan__year=YEAR + 1)
    assert [(a.number, a.name) for a in kept] == [(1, "Pertama"), (2, "Kedua")]


def test_changed_targets_are_a_new_version_beside_the_old_one(office: Office) -> None:
    targets(office, target("rekan", 1), target("rekan", 2))
    assert targets(office, target("rekan", 1, quantity=Decimal(5))).summary == "SKP: 0 baru, 1 diubah, 0 tetap."
    plans = Plan.objects.filter(employee=office.rekan, year=YEAR + 1).order_by("version")
    assert [(p.version, [(a.number, a.quantity) for a in p.activities.all()]) for p in plans] == [
        (1, [(1, target("rekan", 1).quantity), (2, target("rekan", 2).quantity)]),
        (2, [(1, Decimal(5))]),
    ]


def test_targets_of_a_case_that_has_gone_on_are_refused_and_nothing_else_goes_in(office: Office) -> None:
    office.at_step(2)
    before = contents(*PLAN_TABLES), Event.objects.filter(verb="plan.saved").count()
    with pytest.raises(NotAllowed) as refused:
        targets(office, target("atasan_lain", 1), target("pegawai", 1, year=YEAR))
    assert f"Target SKP Putri Maharani tahun {YEAR} sudah dipakai dalam berkas penilaian" in refused.value.message
    assert (contents(*PLAN_TABLES), Event.objects.filter(verb="plan.saved").count()) == before


def test_unchanged_targets_of_a_case_are_no_obstacle(office: Office) -> None:
    lines = [
        target(
            "pegawai", a.number, year=YEAR, activity=a.name, quantity=a.quantity, quantity_unit=a.quantity_unit,
            quality=a.quality, time=a.time, time_unit=a.time_unit, cost=a.cost,
        )
        for a in ACTIVITIES
    ]  # fmt: skip
    assert targets(office, *lines, target("rekan", 1)).summary == "SKP: 1 baru, 0 diubah, 1 tetap."


def test_targets_may_be_brought_by_the_desk_only(office: Office) -> None:
    for who in ("sekretaris", "kepala", "atasan", "pegawai", "outsider"):
        with pytest.raises(NotAllowed):
            targets(office, target("rekan", 1), who=who)
    assert ImportBatch.objects.count() == 0


# --- forms


def filled(office: Office, *of: str, **changes: Any) -> bytes:
    """The blank forms of these cases with figures typed in."""
    sheets = [sheet_of(office.case(name)) for name in of]
    values: dict[str, Any] = {"quantity": Decimal(12), "time": Decimal("9.12"), "cost": None, "credit": None, **changes}
    forms = [
        FilledForm(
            "", sheet.code, sheet.nip, (FormLine(0, 1, ACTIVITIES[0].name, None, note="map 1", **values),), (), (), ()
        )
        for sheet in sheets
    ]
    return write_forms(sheets, filled=forms)


def sheet_of(case: Case) -> FormSheet:
    return outgoing._sheet(case, ())


def collect(office: Office, *files: tuple[str, bytes], who: str = "staf") -> list[tuple[str, bool, str]]:
    lines = actions.collect_files(actor=office.people[who], files=files)
    return [(line.name, line.done, line.message) for line in lines]


def test_each_form_goes_into_its_own_case(office: Office) -> None:
    book = filled(office, "pegawai", "rekan")
    assert collect(office, ("a.xlsx", book)) == [
        ("Putri Maharani", True, "Terbaca."),
        ("Rudi Hartawan", True, "Terbaca."),
    ]
    for name in ("pegawai", "rekan"):
        form = office.case(name).appraisal.forms.get()
        line = form.kept_lines[0]
        assert (form.source, form.state, read(form.file)) == ("berkas", "draf", book)
        assert (line.quantity, line.time, line.note) == (Decimal(12), Decimal("9.12"), "map 1")
    assert office.case().step == 1


def test_form_of_another_office_is_told_by_its_code(office: Office) -> None:
    foreign = write_forms([FormSheet("SKP-2025-197210102002101010", "", "Oscar", "", "", "2025", ())])
    [line] = actions.collect_files(actor=office.staf, files=[("a.xlsx", foreign)])
    assert (line.done, line.name, line.code) == (False, "", "SKP-2025-197210102002101010")
    assert line.message.startswith("Kode formulir SKP-2025-197210102002101010 bukan berkas kantor ini")


@pytest.mark.parametrize("step", [2, 3, 4, 8])
def test_form_comes_only_while_forms_are_collected(office: Office, step: int) -> None:
    book = filled(office, "pegawai")
    office.at_step(step)
    before = contents("appraisal.FormLine", "appraisal.Form")
    [(name, done, message)] = collect(office, ("a.xlsx", book))
    assert (name, done, contents("appraisal.FormLine", "appraisal.Form")) == ("Putri Maharani", False, before)
    told = "Berkas ini sudah selesai diarsipkan." if step == 8 else f"Berkas ini sudah di langkah {step}"
    assert message.startswith(told)


def test_second_form_of_the_same_case_does_not_replace_the_first(office: Office) -> None:
    files = [("a.xlsx", filled(office, "pegawai")), ("b.xlsx", filled(office, "pegawai", quantity=Decimal(1)))]
    assert [line[1:] for line in collect(office, *files)] == [
        (True, "Terbaca."),
        (
            False,
            "Formulir ini sudah terbaca dari a.xlsx; pakailah satu saja, lalu unggah lagi bila yang ini yang benar.",
        ),
    ]
    assert office.case().appraisal.forms.get().kept_lines[0].quantity == Decimal(12)


def test_bad_cell_keeps_its_whole_form_out_and_is_named(office: Office) -> None:
    sheet = sheet_of(office.case())
    book = write_forms([sheet])
    assert book
    broken = broken_cell(book)
    before = contents("appraisal.FormLine")
    [line] = actions.collect_files(actor=office.staf, files=[("a.xlsx", broken)])
    assert (line.done, line.message) == (
        False,
        "Belum dimasukkan: betulkan sel yang disebut di bawah ini, lalu unggah lagi.",
    )
    assert [problem for problem in line.problems if "Realisasi Kuantitas" in problem.where]
    assert "dua belas" in str(line.problems[0])
    assert contents("appraisal.FormLine") == before


def broken_cell(book: bytes) -> bytes:
    """The same sheet, re-written cell by cell with letters where the first realisation belongs."""
    [sheet] = [s for s in read_workbook(book, name="a.xlsx").sheets.values() if not s.hidden][:1]
    cells = [[cell if cell != "" else None for cell in row] for row in sheet.rows]
    head = next(n for n, row in enumerate(cells) if "Realisasi Kuantitas" in row)
    cells[head + 1][cells[head].index("Realisasi Kuantitas")] = "dua belas"
    return xlsx({sheet.name: cells})


def test_unreadable_file_has_its_line_and_the_others_go_in(office: Office) -> None:
    files = [("rusak.xlsx", b"x"), ("a.xlsx", filled(office, "pegawai")), ("kosong.xlsx", xlsx({"A": [["a"]]}))]
    lines = actions.collect_files(actor=office.staf, files=files)
    assert [(line.file, line.done) for line in lines] == [
        ("rusak.xlsx", False),
        ("a.xlsx", True),
        ("kosong.xlsx", False),
    ]
    assert [line.message != "" for line in lines] == [True] * 3


def test_only_staf_brings_forms(office: Office) -> None:
    book = filled(office, "pegawai")
    before = contents("appraisal.FormLine")
    for who in ("kasubbag", "sekretaris", "kepala", "atasan", "pegawai", "rekan", "outsider"):
        assert [line[1] for line in collect(office, ("a.xlsx", book), who=who)] == [False], who
    assert contents("appraisal.FormLine") == before
    assert collect(office, ("a.xlsx", book), who="staf2") == [("Putri Maharani", True, "Terbaca.")]


def test_changed_target_is_not_taken_in_and_said_so(office: Office) -> None:
    book = filled(office, "pegawai")
    changed = [replace(ACTIVITIES[0], quantity=Decimal(10)), ACTIVITIES[1]]
    save_plans(actor=office.staf, agency=office.agency, year=YEAR, plans={office.pegawai: changed})
    case = office.case()
    [line] = actions.collect_files(actor=office.staf, files=[("a.xlsx", book)])
    assert (line.done, [str(problem) for problem in line.problems]) == (
        True,
        ["Kegiatan 1: Target di berkas berbeda dari yang disepakati; yang dipakai tetap yang disepakati."],
    )
    assert Activity.objects.get(plan=case.appraisal.plan, number=1).quantity == Decimal(10)


def test_blank_forms_are_made_only_of_cases_with_targets(office: Office) -> None:
    assert blank_forms([]) is None
    Appraisal.objects.filter(employee=office.rekan).update(plan=None)
    assert blank_forms([office.case("rekan")]) is None


def test_unknown_batch_is_no_batch(office: Office) -> None:
    with pytest.raises(ImportBatch.DoesNotExist):
        actions.apply(actor=office.kasubbag, batch_id=UUID(int=1), on=TODAY)
