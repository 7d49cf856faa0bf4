"""From the box to the berita acara: what may leave the archive, by which acts, and what stays for ever."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.archive.test_archive import archive
from tests.documents.forms.reading import all_text, squeezed
from tests.office import PASSWORD, TODAY, Office
from tests.web.browsing import words

from takar.archive.enums import DepositState, ReductionState
from takar.archive.loans import LoanData, lend
from takar.archive.models import Deposit, Package, Reduction, ReductionAct, ReductionItem
from takar.archive.queries import due_for, search
from takar.archive.reductions import ActData, Person, cancel_reduction, perform_act, start_reduction
from takar.archive.retention import RuleData, hold_deposit, lift_hold, record_end_of_service, set_retention
from takar.audit.queries import events_of
from takar.common import clock
from takar.common.errors import AlreadyDone, DomainError, InvalidInput, NotAllowed
from takar.common.ids import uuid7
from takar.documents.checking import State, examine
from takar.documents.copies import print_copy
from takar.documents.registry import OfficeRegistry, office_anchors
from takar.files.queries import read, verify_files
from takar.rules.reductions import ReductionKind
from takar.rules.retention import Proposal

CODE = "800.1.4.4"
COMMITTEE = tuple(Person(part, f"Orang {part}", "NIP 1") for part in ("ketua", "anggota", "arsiparis"))
WITNESSES = (Person("saksi", "Hukum Satu", "Bagian Hukum"), Person("saksi", "Awas Dua", "Inspektorat"))
LETTER = {"number": "100/2026", "on": TODAY}


def begin(office: Office) -> None:
    office.at_step(7)


@pytest.fixture
def years_later(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Turn the clock; the schedule says one year and one year, and Putri has retired."""
    rule(office)
    deposit = archive(office)
    record_end_of_service(actor=office.kasubbag, employee=office.pegawai, on=TODAY, ground="pensiun", letter="SK 1")

    def turn(years: int) -> Deposit:
        then = clock.now() + dt.timedelta(days=366 * years)
        monkeypatch.setattr(clock, "now", lambda: then)
        return deposit

    return turn


def rule(office: Office, fate: str = "musnah", active: int = 1, inactive: int = 1) -> None:
    data = RuleData(CODE, active, inactive, fate, "Perbup 1/2024")
    set_retention(actor=office.kasubbag, agency=office.agency, data=data)


def start(office: Office, kind: ReductionKind, deposit: Deposit) -> Reduction:
    return start_reduction(actor=office.staf, agency=office.agency, kind=kind, deposits=[deposit.pk])


def act(office: Office, who: str, made: Reduction, key: str, **data: Any) -> ReductionAct:
    given = ActData(**{"password": PASSWORD, **data})
    return perform_act(actor=office.people[who], reduction=Reduction.objects.get(pk=made.pk), key=key, data=given)


def moved(office: Office, deposit: Deposit) -> Reduction:
    made = start(office, ReductionKind.MOVE, deposit)
    act(office, "staf", made, "list")
    act(office, "kasubbag", made, "sign_unit")
    act(office, "sekretaris", made, "sign_records")
    return Reduction.objects.get(pk=made.pk)


def almost_destroyed(office: Office, deposit: Deposit) -> Reduction:
    made = start(office, ReductionKind.DESTROY, deposit)
    act(office, "kasubbag", made, "committee", people=COMMITTEE, **LETTER)
    act(office, "kasubbag", made, "list")
    act(office, "kasubbag", made, "appraise", **LETTER)
    act(office, "kasubbag", made, "approve", **LETTER)
    act(office, "kepala", made, "decide", **LETTER)
    return made


def state(deposit: Deposit) -> str:
    return Deposit.objects.get(pk=deposit.pk).state


def test_active_document_moves_by_two_signatures_of_two_people(office: Office, years_later: Any) -> None:
    deposit = years_later(0)
    assert due_for(office.agency.pk, Proposal.MOVE) == []
    with pytest.raises(InvalidInput, match="Daftar belum dibuat"):
        start(office, ReductionKind.MOVE, deposit)
    years_later(2)
    assert [life.deposit for life in due_for(office.agency.pk, Proposal.MOVE)] == [deposit]
    made = start(office, ReductionKind.MOVE, deposit)
    act(office, "staf", made, "list")
    with pytest.raises(NotAllowed, match="dilakukan oleh Kasubbag"):
        act(office, "sekretaris", made, "sign_unit")
    with pytest.raises(NotAllowed, match="tindakan sebelumnya belum selesai"):
        act(office, "sekretaris", made, "sign_records")
    act(office, "kasubbag", made, "sign_unit")
    with pytest.raises(DomainError):
        act(office, "sekretaris", made, "sign_records", password="salah")
    assert state(deposit) == DepositState.ACTIVE
    act(office, "sekretaris", made, "sign_records")
    made.refresh_from_db()
    assert (state(deposit), made.state) == (DepositState.INACTIVE, ReductionState.DONE)
    assert made.file is not None
    report = examine(read(made.file), OfficeRegistry(), office_anchors())
    assert ([one.name for one in report.found], report.state, report.holds) == (["Sri Lestari"], State.SEALED, True)
    harmed = examine(read(made.file) + b"%\n", OfficeRegistry(), office_anchors())
    assert harmed.state == State.FOREIGN
    text = all_text(read(made.file))
    for said in ("Pemindahan Arsip Inaktif", "Kania Dewi", "Sri Lestari", deposit.number):
        assert squeezed(said).lower() in text.lower()
    with pytest.raises(AlreadyDone, match="sudah dicatat oleh Sri Lestari"):
        act(office, "sekretaris", made, "sign_records")


def test_destruction_takes_the_content_and_leaves_the_record(
    office: Office, years_later: Any, django_capture_on_commit_callbacks: Any
) -> None:
    deposit = years_later(2)
    document = deposit.document
    assert document is not None
    moved(office, deposit)
    years_later(2)
    copy = document.copies.get()
    made = almost_destroyed(office, deposit)
    assert len(read(document.final_file)) > 1000
    with django_capture_on_commit_callbacks(execute=True):
        act(office, "kasubbag", made, "carry_out", people=WITNESSES)
    made.refresh_from_db()
    document.refresh_from_db()
    assert (state(deposit), made.state, document.data) == (
        DepositState.DESTROYED, "selesai", {"destroyed": f"berita acara {made.number}"},
    )  # fmt: skip
    for gone in (document.final_file, document.file):
        with pytest.raises(DomainError, match=rf"dimusnahkan .* berdasarkan berita acara {made.number}"):
            read(gone)
    with pytest.raises(DomainError, match="sudah dimusnahkan"):
        print_copy(document, copy)
    assert list(verify_files()) == []
    assert made.file is not None
    assert squeezed("Inspektorat") in all_text(read(made.file))
    assert [found.pk for found in search(office.staf, "putri")] == [deposit.pk]
    assert list(search(office.staf, "laporan bulanan")) == []
    act(office, "kasubbag", made, "report", **LETTER)
    told = events_of(f"archive:{office.agency.pk}").get(verb="reduction.carried_out", after__number=made.number)
    assert told.after["items"] == [deposit.number]


def test_content_that_another_office_keeps_stays_there(
    office: Office, years_later: Any, django_capture_on_commit_callbacks: Any
) -> None:
    deposit = years_later(2)
    moved(office, deposit)
    years_later(2)
    package = Package.objects.create(
        agency=office.outsider.agency, identifier="p", source="Dinas Contoh", bagged_on=TODAY, manifest_sha256="0" * 64,
        imported_at=clock.now(), imported_by=office.outsider,
    )  # fmt: skip
    theirs = Deposit.objects.get(pk=deposit.pk)
    theirs.pk, theirs.agency, theirs.package = uuid7(), office.outsider.agency, package
    theirs.document = theirs.box = theirs.subject = None
    theirs.save(force_insert=True)
    made = almost_destroyed(office, deposit)
    with django_capture_on_commit_callbacks(execute=True):
        act(office, "kasubbag", made, "carry_out", people=WITNESSES)
    assert (state(deposit), state(theirs)) == (DepositState.DESTROYED, DepositState.INACTIVE)
    assert len(read(theirs.file)) > 1000
    assert list(verify_files()) == []


REFUSED: list[tuple[str, str, dict[str, Any], str]] = [
    ("committee", "kasubbag", {"people": COMMITTEE[:2], **LETTER}, "paling sedikit 3 orang"),
    ("committee", "kasubbag", {"people": (*COMMITTEE[:2], COMMITTEE[0]), **LETTER}, "Setiap orang disebut satu kali."),
    ("committee", "kasubbag", {"people": COMMITTEE, "number": "1"}, "Isi tanggal suratnya."),
    ("committee", "kasubbag", {"people": COMMITTEE, "on": TODAY}, "Isi nomor suratnya."),
    ("committee", "kasubbag", {"people": COMMITTEE, "number": "1", "on": dt.date(2099, 1, 1)}, "sesudah hari ini"),
    ("committee", "staf", {"people": COMMITTEE, **LETTER}, "dilakukan oleh Kasubbag"),
    ("list", "staf", {}, "tindakan sebelumnya belum selesai"),
    ("lain", "kasubbag", {}, "tidak dikenal"),
    ("committee", "kasubbag", {"people": COMMITTEE, "file": ("a.pdf", b"teks"), **LETTER}, "sebagai PDF"),
]


def test_act_that_lacks_something_is_refused(office: Office, years_later: Any) -> None:
    deposit = years_later(2)
    moved(office, deposit)
    years_later(2)
    made = start(office, ReductionKind.DESTROY, deposit)
    for key, who, data, told in REFUSED:
        with pytest.raises(DomainError) as refused:
            act(office, who, made, key, **data)
        said = " ".join([refused.value.message, *map(str, getattr(refused.value, "problems", ()))])
        assert told in said, (key, data)
    assert made.acts.count() == 0


def test_hold_and_loan_stop_the_destruction_at_its_last_step(office: Office, years_later: Any) -> None:
    deposit = years_later(2)
    moved(office, deposit)
    years_later(2)
    made = almost_destroyed(office, deposit)
    hold = hold_deposit(actor=office.kasubbag, deposit=deposit, ground="perkara", reference="PN 1")
    lend(actor=office.staf, deposit=deposit, data=LoanData("Jaksa", "Perkara", clock.today()))
    with pytest.raises(InvalidInput) as refused:
        act(office, "kasubbag", made, "carry_out", people=WITNESSES)
    assert [problem.message for problem in refused.value.problems] == [
        "Sedang ditahan; lepaskan dahulu.", "Sedang dipinjam; catat kembali dahulu.",
    ]  # fmt: skip
    assert (state(deposit), made.acts.filter(kind="carry_out").count()) == (DepositState.INACTIVE, 0)
    lift_hold(actor=office.kasubbag, hold=hold, reason="Putusan tetap")
    with pytest.raises(AlreadyDone):
        lift_hold(actor=office.kasubbag, hold=hold, reason="lagi")


def test_committee_may_keep_and_not_everything(office: Office, years_later: Any) -> None:
    deposit = years_later(2)
    moved(office, deposit)
    years_later(2)
    made = start(office, ReductionKind.DESTROY, deposit)
    act(office, "kasubbag", made, "committee", people=COMMITTEE, **LETTER)
    act(office, "kasubbag", made, "list")
    item = ReductionItem.objects.get(reduction=made)
    with pytest.raises(InvalidInput):
        act(office, "kasubbag", made, "appraise", kept={item.pk: "Bernilai sejarah"}, **LETTER)
    cancel_reduction(actor=office.kasubbag, reduction=made, reason="Semua disimpan")
    assert (Reduction.objects.get(pk=made.pk).state, state(deposit)) == ("batal", "inaktif")
    with pytest.raises(NotAllowed, match="sudah dibatalkan"):
        act(office, "kasubbag", made, "appraise", **LETTER)


def test_permanent_document_is_handed_over(office: Office, years_later: Any) -> None:
    deposit = years_later(2)
    moved(office, deposit)
    rule(office, "permanen")
    years_later(2)
    made = start(office, ReductionKind.HAND_OVER, deposit)
    act(office, "kepala", made, "committee", people=COMMITTEE, **LETTER)
    act(office, "staf", made, "list")
    act(office, "kasubbag", made, "appraise", **LETTER)
    act(office, "kepala", made, "notify", **LETTER)
    act(office, "kasubbag", made, "approve", **LETTER)
    act(office, "kasubbag", made, "decide", **LETTER)
    act(office, "kepala", made, "carry_out", people=(Person("penerima", "Kepala Lembaga", "NIP 9"),))
    assert state(deposit) == DepositState.TRANSFERRED


def test_what_was_done_is_never_changed(office: Office, years_later: Any) -> None:
    deposit = years_later(2)
    made = moved(office, deposit)
    changes: list[Any] = [
        lambda: made.acts.update(text="lain"),
        lambda: Reduction.objects.filter(pk=made.pk).update(number="lain"),
        lambda: Deposit.objects.filter(pk=deposit.pk).update(name="lain"),
        lambda: Deposit.objects.filter(pk=deposit.pk)._raw_delete("default"),
    ]
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_pages_lead_through_a_move(office: Office, years_later: Any) -> None:
    deposit = years_later(2)
    page = office.client("staf").get(reverse("reductions"))
    assert deposit.number in words(page)
    office.client("staf").post(
        reverse("reductions"), {"tindakan": "mulai", "jenis": "pindah", "pilih": str(deposit.pk)}
    )
    address = reverse("reduction", args=[Reduction.objects.get().pk])
    for who, key in (("staf", "list"), ("kasubbag", "sign_unit"), ("sekretaris", "sign_records")):
        answer = office.client(who).post(address, {"tindakan": key, "password": PASSWORD}, follow=True)
        assert answer.status_code == 200, words(answer)
    assert (state(deposit), "Berita acara (PDF)" in words(answer)) == (DepositState.INACTIVE, True)
    record = office.client("kepala").get(f"{address}berita-acara.pdf")
    assert record.content.startswith(b"%PDF-")
