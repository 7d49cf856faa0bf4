"""What happens around the documents: boxes and shelves, the yearly check, loans, codes, schedule, holds, the files."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from tests.archive.test_archive import archive
from tests.casework.aftermath_days import act
from tests.documents.forms.reading import all_text, squeezed
from tests.office import NOW, TODAY, Office
from tests.web.browsing import words

from takar.archive.enums import CheckResult
from takar.archive.loans import LoanData, lend, take_back
from takar.archive.models import Box, Hold, StockLine
from takar.archive.places import add_box, close_check, confirm_box, confirm_codes, move_box, start_check
from takar.archive.queries import check_code_known, codes_of, held_among, lives_of, open_loans, schedules_of
from takar.archive.reminders import tell_of_loans
from takar.archive.retention import RuleData, add_classification, record_end_of_service, set_retention
from takar.archive.sheets import print_box_list, print_labels
from takar.audit.queries import events_of
from takar.common import clock
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed
from takar.rules.retention import Fate, Schedule


def begin(office: Office) -> None:
    office.at_step(7)


def box(office: Office, code: str = "B-01", shelf: str = "R-1") -> Box:
    return add_box(actor=office.staf, agency=office.agency, box_code=code, shelf_code=shelf, room="Ruang 1")


def said(refused: Any) -> str:
    return " ".join([refused.value.message, *map(str, getattr(refused.value, "problems", ()))])


def test_box_moves_with_its_history(office: Office) -> None:
    mine = box(office)
    move_box(actor=office.kasubbag, box=mine, shelf_code="R-2", reason="Rak penuh")
    mine.refresh_from_db()
    assert (mine.shelf.code, [(m.origin.code, m.target.code) for m in mine.moves.all()]) == ("R-2", [("R-1", "R-2")])
    for shelf, reason, told in (
        ("R-2", "x", "sudah di rak R-2"),
        ("R-3", " ", "Alasan: Wajib"),
        ("", "x", "Rak: Wajib"),
    ):
        with pytest.raises(InvalidInput) as refused:
            move_box(actor=office.staf, box=mine, shelf_code=shelf, reason=reason)
        assert told in said(refused)
    verbs = events_of(f"archive:{office.agency.pk}").values_list("verb", flat=True)
    assert list(verbs) == ["box.added", "box.moved"]


def test_box_is_recorded_once_and_by_the_desk(office: Office) -> None:
    box(office)
    with pytest.raises(InvalidInput, match="Box belum dicatat"):
        box(office)
    with pytest.raises(NotAllowed):
        add_box(actor=office.atasan, agency=office.agency, box_code="B-2", shelf_code="R-1")


def test_check_finds_misplaces_and_misses(office: Office) -> None:
    boxes = [box(office, f"B-0{n}") for n in range(1, 5)]
    check = start_check(actor=office.staf, agency=office.agency, name="2026")
    with pytest.raises(AlreadyDone, match="“2026” masih berjalan"):
        start_check(actor=office.staf, agency=office.agency, name="lagi")
    confirm_box(actor=office.staf, check=check, box=boxes[0])
    answer = confirm_codes(actor=office.staf, check=check, shelf_code="R-9", codes="B-02\nB-99\n\nB-01\nB-02")
    assert (answer.found, [str(problem) for problem in answer.problems]) == (
        1,
        [
            "B-99: Tidak ada box dengan kode itu.",
            "B-01: Sudah dicatat di rak R-1 dalam pemeriksaan ini.",
            "B-02: Tercatat di rak R-1, ditemukan di rak R-9: pindahkan box atau catatannya.",
        ],
    )
    with pytest.raises(AlreadyDone):
        confirm_box(actor=office.staf, check=check, box=boxes[0])
    assert close_check(actor=office.kasubbag, check=check) == 2
    assert dict(StockLine.objects.order_by("box__code").values_list("box__code", "result")) == {
        "B-01": CheckResult.FOUND, "B-02": CheckResult.MISPLACED, "B-03": CheckResult.MISSING, "B-04": CheckResult.MISSING,
    }  # fmt: skip
    with pytest.raises(NotAllowed, match="sudah ditutup"):
        confirm_box(actor=office.staf, check=check, box=boxes[2])


def test_label_leads_to_the_box_where_it_is_confirmed(office: Office) -> None:
    mine = box(office)
    start_check(actor=office.staf, agency=office.agency, name="Pemeriksaan 2026")
    address = reverse("box", args=[mine.pk])
    assert "Box ini ada di sini" in words(office.client("staf").get(address))
    done = office.client("staf").post(address, {"tindakan": "cek"}, follow=True)
    assert "Sudah dicatat: Ada di tempatnya" in words(done)
    assert squeezed("B-01") in all_text(print_labels(office.agency, [mine], [mine.shelf]))


def test_box_list_names_what_lies_in_it(office: Office) -> None:
    deposit = archive(office)
    assert deposit.box is not None
    text = all_text(print_box_list(deposit.box, [deposit]))
    assert all(squeezed(part) in text for part in (deposit.number, "Putri Maharani", "1 dokumen"))


def test_loan_goes_out_once_and_comes_back(office: Office) -> None:
    deposit = archive(office)
    loan = lend(actor=office.staf, deposit=deposit, data=LoanData("Inspektorat", "Pemeriksaan", TODAY))
    with pytest.raises(AlreadyDone, match="sedang dipinjam Inspektorat sampai 12 Januari 2026"):
        lend(actor=office.staf, deposit=deposit, data=LoanData("BKD", "x", TODAY))
    assert list(open_loans(office.agency.pk)) == [loan]
    take_back(actor=office.staf, loan=loan)
    with pytest.raises(AlreadyDone):
        take_back(actor=office.staf, loan=loan)
    assert list(open_loans(office.agency.pk)) == []


@pytest.mark.parametrize(
    ("borrower", "purpose", "days"), [("", "x", 1), ("x", "", 1), ("x", "x", -1), ("x", "x", 400), ("x" * 201, "x", 1)]
)
def test_loan_needs_who_what_for_and_a_day(office: Office, borrower: str, purpose: str, days: int) -> None:
    deposit = archive(office)
    with pytest.raises(InvalidInput, match="Peminjaman belum dicatat"):
        lend(actor=office.staf, deposit=deposit, data=LoanData(borrower, purpose, TODAY + dt.timedelta(days)))


def test_code_must_be_known_or_added(office: Office) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_code_known(office.agency.pk, "900.1", "Dokumen belum diarsipkan.")
    assert "Kode 900.1 tidak dikenal" in said(refused)
    add_classification(actor=office.kasubbag, agency=office.agency, code="900.1", title="Lain", source="Perbup 1")
    check_code_known(office.agency.pk, "900.1", "")
    assert [code.code for code in codes_of(office.agency.pk)][-1] == "900.1"
    with pytest.raises(InvalidInput, match="Kode klasifikasi belum ditambahkan"):
        add_classification(actor=office.kasubbag, agency=office.agency, code="800.1.4.4", title="x", source="x")


def test_schedule_is_the_office_s_with_its_source(office: Office) -> None:
    data = RuleData("800.1.4.4", 1, 2, "permanen", "Perbup 1", until_retirement=False)
    set_retention(actor=office.kasubbag, agency=office.agency, data=data)
    assert schedules_of(office.agency.pk) == {"800.1.4.4": Schedule(1, 2, Fate.PERMANENT, until_retirement=False)}
    life = lives_of(office.agency.pk, [archive(office)])[0].life
    assert (life.active_until, life.inactive_until) == (dt.date(2027, 1, 12), dt.date(2029, 1, 12))
    for bad in (RuleData("800.1.4.4", None, 1, "musnah", "x"), RuleData("800.1.4.4", 1, 1, "bakar", "x"),
                RuleData("800.1.4.4", 1, 101, "musnah", "x"), RuleData("800.1.4.4", 1, 1, "musnah", " ")):  # fmt: skip
        with pytest.raises(InvalidInput):
            set_retention(actor=office.kasubbag, agency=office.agency, data=bad)
    with pytest.raises(NotAllowed):
        set_retention(actor=office.staf, agency=office.agency, data=data)


def test_end_of_service_is_recorded_by_the_kasubbag(office: Office) -> None:
    for on, letter in ((TODAY + dt.timedelta(1), "SK"), (None, "SK"), (TODAY, "")):
        with pytest.raises(InvalidInput):
            record_end_of_service(
                actor=office.kasubbag, employee=office.pegawai, on=on, ground="pensiun", letter=letter
            )
    with pytest.raises(NotAllowed):
        record_end_of_service(actor=office.staf, employee=office.pegawai, on=TODAY, ground="pensiun", letter="SK")


def test_control_file_names_each_case_with_its_box(office: Office) -> None:
    archive(office)
    page = words(office.client("sekretaris").get(reverse("control_file", args=[office.period.pk])))
    assert "Berkas 9 Dokumen terbit 1 Diarsipkan 1" in page
    assert "B-01, rak R-1" in page


def test_personnel_file_is_open_to_the_person_alone_beside_the_desk(office: Office) -> None:
    deposit = archive(office)
    address = reverse("personnel_file", args=[office.pegawai.pk])
    assert deposit.number in words(office.client("pegawai").get(address))
    assert office.client("rekan").get(address).status_code == 404


def test_objection_holds_the_archive_until_it_is_decided(office: Office) -> None:
    deposit = archive(office)
    act(office, "pegawai", "object")
    assert (held_among([deposit]), Hold.objects.get().placed_by) == ({deposit.pk}, office.pegawai)
    act(office, "atasan", "respond")
    act(office, "kepala", "hear_employee")
    act(office, "kepala", "confirm")
    hold = Hold.objects.get()
    assert (held_among([deposit]), hold.lifted_by, hold.lift_reason) == (
        set(),
        office.kepala,
        "Keberatan sudah diputus",
    )


def test_lender_and_borrower_are_told_once_when_a_loan_is_due_and_once_when_it_is_late(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    deposit = archive(office)
    due = TODAY + dt.timedelta(1)
    lend(actor=office.staf, deposit=deposit, data=LoanData("Rudi Hartawan", "Kenaikan pangkat", due, office.rekan))
    told = []
    for day in (0, 1, 1, 2, 3):
        now = NOW + dt.timedelta(days=day)
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        told.append(tell_of_loans(office.agency))
    assert told == [0, 2, 0, 2, 0]
    assert [notice.text for notice in office.rekan.notices.filter(kind="archive")] == [
        f"Pinjaman arsip lewat tanggal: {deposit.number} pada Rudi Hartawan, sampai 13 Januari 2026.",
        f"Pinjaman arsip harus kembali hari ini: {deposit.number} pada Rudi Hartawan, sampai 13 Januari 2026.",
    ]
