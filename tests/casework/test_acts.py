"""What follows the approval: who may do what when, and what the term says."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoAssertNumQueries
from tests.casework.aftermath_days import act, acts, on_day
from tests.mandates import give
from tests.office import TODAY, Office, assessment

from takar.appraisal.models import Decision
from takar.appraisal.queries import _difference, irreproducible_results
from takar.appraisal.types import DraftAssessment
from takar.audit.queries import events_of, verify_chains
from takar.casework import terms
from takar.casework.acts import record_act
from takar.casework.aftermath import PP46
from takar.casework.models import Act, Case
from takar.casework.steps import document_of
from takar.common.errors import InvalidInput, NotAllowed
from takar.organisation.calendar import HolidayData, set_calendar
from takar.organisation.enums import PersonKind

PEOPLE = ("pegawai", "atasan", "kepala", "kasubbag", "staf", "sekretaris", "rekan", "atasan_lain", "outsider")

# Each act, in which state of the case it is tried, and who of PEOPLE may do it; nobody else may.
TRUTH = (
    ("deliver", "approved", {"atasan", "kasubbag"}),
    ("receive", "approved", {"pegawai"}),
    ("object", "approved", {"pegawai", "kasubbag"}),
    ("respond", "objected", {"atasan", "kasubbag"}),
    ("hear_assessor", "objected", {"kepala", "kasubbag"}),
    ("hear_employee", "objected", {"kepala", "kasubbag"}),
    ("confirm", "heard", {"kepala", "kasubbag"}),
    ("change", "heard", {"kepala", "kasubbag"}),
    ("forward", "objected", {"atasan", "kasubbag"}),
)
# Each act in a state in which nobody may do it, and why not.
REFUSED = (
    ("take_over", "approved", "kepala", "Hasil penilaian sudah disetujui."),
    ("respond", "approved", "atasan", "Belum ada keberatan."),
    ("hear_assessor", "approved", "kepala", "Belum ada keberatan."),
    ("hear_employee", "decided", "kepala", "sudah"),
    ("confirm", "approved", "kepala", "Belum ada keberatan."),
    ("confirm", "objected", "kepala", "Pejabat penilai belum memberi tanggapan"),
    ("change", "objected", "kepala", "Pejabat penilai belum memberi tanggapan"),
    ("change", "decided", "kepala", "final"),
    ("object", "decided", "pegawai", "sudah diajukan"),
    ("object", "objected", "pegawai", "sudah diajukan"),
    ("deliver", "objected", "atasan", "Keberatan sudah diajukan."),
    ("receive", "objected", "pegawai", "Keberatan sudah diajukan."),
    ("set", "approved", "kepala", "belum lewat"),
    ("set", "objected", "kepala", "Keberatan sedang berjalan"),
    ("forward", "approved", "atasan", "belum menandatangani"),
    ("ratify", "approved", "kepala", "belum menandatangani"),
    ("ratify", "objected", "kepala", "Keberatan sedang berjalan"),
    ("ratify", "decided", "kepala", "final"),
)


def begin(office: Office) -> None:
    office.at_step(5)


def changed(office: Office, quality: int = 95) -> DraftAssessment:
    given = assessment(office.case())
    return DraftAssessment(
        quality={**given.quality, 1: Decimal(quality)}, behaviour=given.behaviour, recommendation=given.recommendation
    )


@pytest.mark.parametrize(("kind", "state", "allowed"), TRUTH, ids=[f"{row[0]}-{row[1]}" for row in TRUTH])
def test_act_is_for_its_party_and_on_paper_for_the_kasubbag(
    office: Office, kind: str, state: str, allowed: set[str]
) -> None:
    office.at_step(5)
    acts(office, state)
    done = set()
    for who in PEOPLE:
        try:
            with transaction.atomic():
                act(office, who, kind, draft=changed(office) if kind == "change" else None)
                done.add(who)
                transaction.set_rollback(True)
        except NotAllowed as refused:
            assert "Tidak ada yang berubah" in refused.message or "tidak ada yang berubah" in refused.message
    assert done == allowed


@pytest.mark.parametrize(("kind", "state", "who", "why"), REFUSED, ids=[f"{row[0]}-{row[1]}" for row in REFUSED])
def test_act_out_of_its_state_is_refused_in_words(office: Office, kind: str, state: str, who: str, why: str) -> None:
    office.at_step(5)
    acts(office, state)
    with pytest.raises(NotAllowed) as refused:
        act(office, who, kind)
    assert why in refused.value.message


def test_every_act_of_the_table_is_tried_above() -> None:
    tried = {row[0] for row in TRUTH} | {"take_over", "set", "ratify"}
    assert tried == {kind.key for kind in PP46.kinds}


@pytest.mark.parametrize(("day", "accepted"), [(0, True), (14, True), (15, False), (40, False)])
def test_objection_is_considered_until_the_fourteenth_day(
    office: Office, monkeypatch: pytest.MonkeyPatch, day: int, accepted: bool
) -> None:
    office.at_step(5)
    on_day(monkeypatch, day)
    if accepted:
        assert act(office, "pegawai", "object").kind == "object"
        return
    with pytest.raises(NotAllowed) as refused:
        act(office, "pegawai", "object")
    assert refused.value.message == (
        "Tenggat mengajukan keberatan tertulis dengan alasan lengkap berakhir pada 26 Januari 2026 (14 hari sejak "
        "12 Januari 2026) dan sudah lewat. Keberatan tidak dipertimbangkan (penjelasan Pasal 25 ayat (1))."
    )


def test_objection_on_paper_in_time_is_not_late_when_it_is_entered_late(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.at_step(5)
    on_day(monkeypatch, 20)
    made = act(office, "kasubbag", "object", on=TODAY + dt.timedelta(days=14))
    assert (made.acting_as, made.recorded_at.date() > made.at.date()) == ("kasubbag", True)
    assert terms.state_of(office.case()).facts["objected"] == TODAY + dt.timedelta(days=14)


def test_term_counts_working_days_where_the_office_reads_it_so(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    holiday = HolidayData(dt.date(2026, 1, 16), "Isra Mikraj", "SKB")
    set_calendar(
        actor=office.kasubbag, agency=office.agency, day_count="kerja", working_weekdays=range(5), holidays=[holiday]
    )
    office.at_step(5)
    state = terms.state_of(Case.objects.select_related("agency", "appraisal").get(pk=office.case().pk))
    due = {item.rule.key: item.due for item in state.standings}
    assert due == {"return": dt.date(2026, 2, 2), "object": dt.date(2026, 2, 2)}
    on_day(monkeypatch, 21)
    assert act(office, "pegawai", "object").kind == "object"


def test_recorded_delivery_starts_the_terms_later(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.at_step(5)
    on_day(monkeypatch, 5)
    act(office, "atasan", "deliver", on=TODAY + dt.timedelta(days=3))
    assert terms.last_day_to_object(terms.state_of(office.case())) == "29 Januari 2026"


def test_employee_cannot_receive_after_the_term_to_start_it_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.at_step(5)
    on_day(monkeypatch, 15)
    with pytest.raises(NotAllowed):
        act(office, "pegawai", "receive")
    assert not Act.objects.exists()


def test_own_acts_are_of_today_and_none_lies_ahead_or_before_its_cause(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.at_step(5)
    on_day(monkeypatch, 4)
    for who, kind, day in (("pegawai", "object", 2), ("kasubbag", "object", 5), ("atasan", "deliver", -1)):
        with pytest.raises((InvalidInput, NotAllowed)):
            act(office, who, kind, on=TODAY + dt.timedelta(days=day))
    assert not Act.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_001])
def test_objection_needs_its_reasons_in_writing(office: Office, text: str) -> None:
    office.at_step(5)
    with pytest.raises(InvalidInput):
        act(office, "pegawai", "object", text=text)
    assert not Act.objects.exists()


def test_binding_act_asks_for_the_password(office: Office) -> None:
    office.at_step(5)
    acts(office, "heard")
    with pytest.raises(NotAllowed):
        act(office, "kepala", "confirm", password="salah")
    assert office.case().step == 5


@pytest.mark.parametrize("step", [6, 7])
def test_nothing_is_copied_or_archived_while_an_objection_runs(office: Office, step: int) -> None:
    office.at_step(step)
    act(office, "pegawai", "object")
    with pytest.raises(NotAllowed) as refused:
        office.do_step()
    assert "sedang berjalan" in refused.value.message
    act(office, "atasan", "respond")
    act(office, "kepala", "hear_employee")
    act(office, "kepala", "confirm")
    assert office.at_step(8).step == 0


@pytest.mark.parametrize("step", [5, 6, 7, 8])
def test_changed_result_issues_a_new_document_and_keeps_the_old(office: Office, step: int) -> None:
    office.at_step(step)
    acts(office, "heard")
    old = document_of(office.case())
    before = (old.file.sha256, old.signed_file_id, old.data)
    made = act(office, "kepala", "change", draft=changed(office))
    case = office.case()
    new = document_of(case)
    old.refresh_from_db()
    assert (case.step, new.replaces_id, old.superseded_by) == (6, old.pk, new)
    assert (old.file.sha256, old.signed_file_id, old.data) == before
    assert new.number != old.number
    assert new.data["replaces"] == {"number": old.number, "date": "12 Januari 2026", "reason": "Isi change."}
    assert [signature.signed_as for signature in new.signatures.all()] == ["atasan"]
    assert made.data == {
        "document": new.number,
        "replaces": old.number,
        "final": new.data["final"]["value"],
        "category": case.appraisal.in_force.category,
    }
    assert case.appraisal.in_force.final_value > case.appraisal.final_value
    assert office.at_step(8).step == 0
    assert new.copies.count() == 1
    assert [list(irreproducible_results(quick=quick)) for quick in (False, True)] == [[], []]
    assert list(verify_chains()) == []


def test_decision_that_changes_nothing_is_refused(office: Office) -> None:
    office.at_step(5)
    acts(office, "heard")
    with pytest.raises(InvalidInput):
        act(office, "kepala", "change", draft=assessment(office.case()))
    assert not Decision.objects.exists()
    assert office.case().documents.count() == 1


def test_decision_and_acts_cannot_be_altered(office: Office) -> None:
    office.at_step(5)
    acts(office, "heard")
    act(office, "kepala", "change", draft=changed(office))
    for change in (
        lambda: Decision.objects.update(reasons="lain"),
        lambda: Act.objects.update(text="lain"),
        lambda: Act.objects.all()._raw_delete("default"),
        lambda: office.case().documents.first().document.__class__.objects.update(replaces=None),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_tampered_decision_is_named(office: Office) -> None:
    office.at_step(5)
    acts(office, "heard")
    act(office, "kepala", "change", draft=changed(office))
    decision = Decision.objects.select_related("appraisal").get()
    decision.final_value += 1
    assert _difference(decision, "pp46-2011") == "kolom final_value tidak sama dengan hasil yang tersimpan"


@pytest.mark.parametrize(("day", "allowed"), [(14, False), (15, True)])
def test_superior_sets_what_the_employee_did_not_sign(
    office: Office, monkeypatch: pytest.MonkeyPatch, day: int, allowed: bool
) -> None:
    office.at_step(5)
    on_day(monkeypatch, day)
    if not allowed:
        with pytest.raises(NotAllowed):
            act(office, "kepala", "set")
        return
    act(office, "kepala", "set")
    case = office.case()
    document = document_of(case)
    assert (case.step, document.signed_file is not None) == (6, True)
    assert [signature.signed_as for signature in document.signatures.all()] == ["penilai", "atasan"]
    assert terms.state_of(case).in_effect_since == TODAY + dt.timedelta(days=15)
    assert office.at_step(8).step == 0


def test_result_takes_effect_when_ratified(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.at_step(6)
    on_day(monkeypatch, 3)
    act(office, "atasan", "forward", text="")
    assert terms.state_of(office.case()).in_effect_since is None
    on_day(monkeypatch, 4)
    act(office, "kepala", "ratify", text="")
    assert terms.state_of(office.case()).in_effect_since == TODAY + dt.timedelta(days=4)


def test_ratification_need_not_wait_for_an_assessor_who_is_late(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.at_step(6)
    with pytest.raises(NotAllowed):
        act(office, "kepala", "ratify")
    on_day(monkeypatch, 15)
    assert act(office, "kepala", "ratify").kind == "ratify"


def test_nobody_decides_on_himself(office: Office) -> None:
    office.at_step(5)
    acts(office, "heard")
    Case.objects.filter(pk=office.case().pk).update(assessor_superior=office.pegawai)
    with pytest.raises(NotAllowed) as refused:
        act(office, "pegawai", "confirm")
    assert refused.value.message == (
        "Seseorang tidak dapat bertindak atas penilaiannya sendiri. Tidak ada yang berubah."
    )


def test_mandate_reaches_the_acts_of_the_place_and_is_named(office: Office) -> None:
    give(office, principal=office.kepala, kind="plt", by=office.kasubbag)
    office.at_step(5)
    acts(office, "objected")
    act(office, "atasan", "respond")
    act(office, "atasan_lain", "hear_employee")
    made = act(office, "atasan_lain", "change", draft=changed(office))
    signature = document_of(office.case()).signatures.get()
    assert (signature.name, signature.signed_as, signature.capacity) == ("Agus Salim", "atasan", "Plt. Kepala Dinas")
    assert (made.acting_as, made.data["title"]) == ("atasan_penilai", "Plt. Kepala Dinas")
    assert office.at_step(8).step == 0


def test_kasubbag_enters_nothing_on_paper_in_the_own_case(office: Office) -> None:
    office.at_step(5, "kasubbag")
    case = office.case("kasubbag")
    with pytest.raises(NotAllowed):
        record_act(actor=office.kasubbag, case_id=case.pk, kind="deliver", text="Tanda terima")


def test_superior_without_nip_decides_on_paper(office: Office) -> None:
    bupati = office.kepala.__class__.objects.get(kind=PersonKind.OTHER)
    office.people["bupati"] = bupati
    office.at_step(5)
    acts(office, "heard")
    Case.objects.filter(pk=office.case().pk).update(assessor_superior=bupati)
    act(office, "kasubbag", "change", draft=changed(office), password=None, text="Keputusan Bupati nomor 1/2026")
    document = document_of(office.case())
    assert list(document.signatures.all()) == []
    assert (document.signed_file is not None, office.case().step) == (True, 6)


def test_highest_official_is_also_the_superior_where_none_is_above(office: Office) -> None:
    bupati = office.kepala.__class__.objects.get(kind=PersonKind.OTHER)
    assert terms.superior_of(office.case("kepala")) == bupati
    assert terms.superior_of(office.case("pegawai")) == office.kepala


def test_notices_are_read_from_what_every_act_keeps(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office.at_step(5)
    with django_assert_num_queries(2):
        assert len(terms.notices_for(office.atasan)) == 0
    with django_assert_num_queries(3):  # the calendar too, once there is a day to count
        assert len(terms.notices_for(office.pegawai)) == 2
    office.at_step(5, "rekan")
    act(office, "pegawai", "object")
    with django_assert_num_queries(2):
        told = [notice.sentence for notice in terms.notices_for(office.atasan)]
    assert told == ["Keberatan menunggu tanggapan Anda."]


def test_every_act_leaves_its_event(office: Office) -> None:
    office.at_step(5)
    acts(office, "heard")
    act(office, "kepala", "change", draft=changed(office))
    verbs = list(events_of(office.case().stream).values_list("verb", flat=True))
    assert verbs[-7:] == [
        "act.recorded",
        "act.recorded",
        "act.recorded",
        "assessment.changed",
        "document.issued",
        "document.signed",
        "act.recorded",
    ]
