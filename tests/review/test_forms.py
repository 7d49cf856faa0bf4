"""The monitoring and the evaluation of the SOP, from the records to the signed control document."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.audit.tampering import lifted
from tests.office import NOW, PASSWORD, TODAY, Office

from takar.audit.queries import events_of
from takar.common import clock
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed
from takar.files.queries import read
from takar.procedures.models import ProcedureVersion, StepRun
from takar.procedures.queries import sop_of
from takar.review.enums import QUESTIONS, FormKind
from takar.review.forms import Span, begin_form, save_form, sign_form, span_on, suggestion
from takar.review.models import SopForm
from takar.review.proposals import ENOUGH, draft_from, proposals, recorded_times
from takar.review.times import Measured, measured, rank

HALF = Span(FormKind.MONITORING, dt.date(2026, 1, 1), dt.date(2026, 6, 30))
YEAR = Span(FormKind.EVALUATION, dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def version(office: Office) -> ProcedureVersion:
    return ProcedureVersion.objects.get(agency=office.agency, version=1)


def begun(office: Office, span: Span = HALF) -> SopForm:
    return begin_form(actor=office.sekretaris, version=version(office), span=span)


def answers(form: SopForm, **changes: str) -> list[dict[str, str]]:
    good = {"answer": "baik" if form.kind == "pemantauan" else "ya", "note": "", "action": "", "initials": "SL"}
    return [good | changes for _ in form.rows]


@pytest.mark.parametrize(
    ("kind", "day", "start", "end"),
    [
        (FormKind.MONITORING, dt.date(2026, 6, 30), dt.date(2026, 1, 1), dt.date(2026, 6, 30)),
        (FormKind.MONITORING, dt.date(2026, 7, 1), dt.date(2026, 7, 1), dt.date(2026, 12, 31)),
        (FormKind.EVALUATION, dt.date(2026, 7, 1), dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_its_half_year_or_year(kind: FormKind, day: dt.date, start: dt.date, end: dt.date) -> None:
    assert span_on(kind, day) == Span(kind, start, end)


@pytest.mark.parametrize(
    ("visits", "timed", "median", "returned", "suggested"),
    [
        (0, 0, 0, 0, ""),
        (8, 8, 60, 0, "baik"),
        (8, 8, 61, 0, "kurang"),
        (8, 8, 120, 0, "kurang"),
        (8, 8, 121, 0, "tidak"),
        (8, 8, 10, 1, "baik"),
        (8, 8, 10, 2, "kurang"),
        (8, 4, 60, 0, "baik"),
        (8, 3, 60, 0, "rekaman"),
        (8, 0, 0, 1, "rekaman"),
        (8, 0, 0, 2, "kurang"),
    ],
)
def test_the_records_suggest(visits: int, timed: int, median: int, returned: int, suggested: str) -> None:
    assert suggestion(Measured(1, "x", 60, visits, timed, median, median, 0, returned)) == suggested


def test_rank_is_a_value_that_was_there() -> None:
    values = [5, 1, 9, 3]
    assert [rank(values, percent) for percent in (1, 25, 26, 50, 90, 100)] == [1, 1, 3, 3, 9, 9]
    assert rank([], 50) == 0


def test_monitoring_is_prefilled_from_the_records_of_its_half_year(office: Office) -> None:
    office.at_step(3)
    with lifted(connection):
        first = StepRun.objects.get(run=office.case().run, step=1)
        StepRun.objects.filter(pk=first.pk).update(
            started_at=NOW - dt.timedelta(hours=1), opened_at=NOW - dt.timedelta(hours=1), worked_minutes=60
        )
    form = begun(office)
    assert [row["title"] for row in form.rows] == [step.description for step in sop_of(form.version).flow.steps]
    found = measured(form.version)
    assert [(step.visits, step.timed, step.median) for step in found[:3]] == [(1, 1, 60), (1, 0, 0), (0, 0, 0)]
    assert form.rows[0]["evidence"] == (
        "1 kunjungan; waktu kerja tengah 1 jam, persentil ke-90 1 jam, waktu baku 2 jam; dikembalikan 0%."
    )
    assert form.rows[1]["evidence"] == (
        "1 kunjungan, semuanya dibuka dan selesai seketika, sehingga waktu kerjanya tidak terekam; dikembalikan 0%."
    )
    assert [row["suggested"] for row in form.rows] == ["baik", "rekaman", "", "", "", "", ""]
    shown = office.client("kasubbag").get(f"/pengawasan/formulir/{form.pk}/").content.decode()
    assert "Menurut catatan: tidak dapat dinilai dari rekaman." in shown
    assert 'value="rekaman"' not in shown
    late = Span(FormKind.MONITORING, dt.date(2025, 7, 1), dt.date(2025, 12, 31))
    assert {row["suggested"] for row in begun(office, late).rows} == {""}


def test_a_form_is_begun_once_and_not_before_its_time(office: Office) -> None:
    begun(office)
    with pytest.raises(AlreadyDone):
        begun(office)
    with pytest.raises(InvalidInput):
        begun(office, Span(FormKind.MONITORING, dt.date(2026, 7, 1), dt.date(2026, 12, 31)))


def test_evaluation_asks_the_seven_questions(office: Office) -> None:
    assert tuple(row["title"] for row in begun(office, YEAR).rows) == QUESTIONS
    assert len(QUESTIONS) == 7


def test_a_complete_form_is_signed_and_frozen(office: Office) -> None:
    form = begun(office)
    save_form(actor=office.kasubbag, form=form, typed=answers(form, note="Lancar."), remark="Baik semua.")
    signed = sign_form(actor=office.sekretaris, form=form, password=PASSWORD)
    assert (signed.signed_by, signed.signed_as, signed.signed_at) == (office.sekretaris, "Sekretaris", NOW)
    assert signed.file is not None
    assert read(signed.file).startswith(b"%PDF")
    with pytest.raises(AlreadyDone) as raised:
        save_form(actor=office.kasubbag, form=form, typed=answers(form), remark="")
    assert "sudah ditandatangani oleh Sri Lestari" in raised.value.message
    for change in ({"remark": "lain"}, {"rows": []}, {"signed_at": None, "signed_by": None, "file": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SopForm.objects.filter(pk=form.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        SopForm.objects.filter(pk=form.pk).delete()
    verbs = [event.verb for event in events_of(f"procedure:{form.version.procedure_id}")]
    assert verbs[-3:] == ["sopform.begun", "sopform.saved", "sopform.signed"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"answer": ""}, "Belum dijawab."),
        ({"answer": "kurang"}, "Sebut tindakan yang harus diambil."),
        ({"initials": ""}, "Belum diparaf; isi inisial yang menilai baris ini."),
    ],
)
def test_an_incomplete_form_is_not_signed(office: Office, changes: dict[str, str], told: str) -> None:
    form = begun(office)
    save_form(actor=office.kasubbag, form=form, typed=answers(form, **changes), remark="")
    with pytest.raises(InvalidInput) as raised:
        sign_form(actor=office.kepala, form=form, password=PASSWORD)
    assert {problem.message for problem in raised.value.problems} == {told}


@pytest.mark.parametrize(
    "changes", [{"answer": "ya"}, {"note": "x" * 601}, {"initials": "x" * 13}], ids=["answer", "note", "initials"]
)
def test_what_no_form_can_hold_is_refused(office: Office, changes: dict[str, str]) -> None:
    form = begun(office)
    with pytest.raises(InvalidInput):
        save_form(actor=office.kasubbag, form=form, typed=answers(form, **changes), remark="")


def test_only_overseers_fill_in_and_nobody_signs_without_the_password(office: Office) -> None:
    form = begun(office)
    with pytest.raises(NotAllowed):
        begin_form(actor=office.staf, version=version(office), span=YEAR)
    with pytest.raises(NotAllowed):
        save_form(actor=office.atasan, form=form, typed=answers(form), remark="")
    save_form(actor=office.kasubbag, form=form, typed=answers(form), remark="")
    with pytest.raises(NotAllowed):
        sign_form(actor=office.kasubbag, form=form, password="salah")
    assert SopForm.objects.get().signed_at is None


def test_the_pages_from_the_button_to_the_pdf(office: Office) -> None:
    browser, address = office.client("sekretaris"), "/pengawasan/formulir/"
    made = browser.post(address, {"mulai": "evaluasi"})["Location"]
    sent: dict[str, Any] = {"tindakan": "tandatangan", "password": PASSWORD, "remark": "Baik."}
    refused = browser.post(made, sent | {"note-1": "Catatan saya"})
    assert (refused.status_code, "Catatan saya</textarea>" in refused.content.decode()) == (422, True)
    for number in range(1, 8):
        sent |= {f"answer-{number}": "ya", f"initials-{number}": "SL", f"note-{number}": "Ada."}
    assert browser.post(made, sent | {"password": "salah"}).status_code == 422
    assert browser.post(made, sent)["Location"] == made
    assert "Ditandatangani Sri Lestari (Sekretaris)" in browser.get(made).content.decode()
    assert browser.get(f"{made}dokumen.pdf").content.startswith(b"%PDF")
    assert browser.post(made, sent).status_code == 409
    listed = browser.get(address).content.decode()
    assert ("ditandatangani Sri Lestari" in listed, "Usul waktu baku" in listed) == (True, True)


def many_visits(office: Office, minutes: int) -> None:
    """Enough closed visits to step 1, each worked on for so long."""
    run = office.at_step(2).run
    with lifted(connection):
        row = StepRun.objects.get(run=run, step=1)
        begin = dt.datetime.combine(TODAY, dt.time(8), tzinfo=clock.office_zone())
        times = {"opened_at": begin, "started_at": begin, "closed_at": begin + dt.timedelta(minutes=minutes)}
        times |= {"worked_minutes": minutes}
        StepRun.objects.filter(pk=row.pk).update(**times)
        copies = [
            StepRun(
                agency=row.agency, run=run, step=1, seq=100 + number, actor=row.actor, state="completed",
                closed_by=office.staf, closed_as="staf", output={}, standard_minutes=120, **times,
            )
            for number in range(ENOUGH - 1)
        ]  # fmt: skip
        StepRun.objects.bulk_create(copies)


def test_measured_times_become_a_draft_with_their_evidence(office: Office) -> None:
    many_visits(office, 53)
    (found,) = proposals(recorded_times(reader=office.kepala, version=version(office)))
    assert (found.step.number, found.step.visits, found.step.median, found.minutes) == (1, ENOUGH, 53, 55)
    assert (
        office.client("kepala").post("/pengawasan/formulir/", {"tindakan": "rancangan"})["Location"] == "/sop/bengkel/"
    )
    draft = ProcedureVersion.objects.get(state="draft")
    assert [step.standard_minutes for step in sop_of(draft).flow.steps] == [55, 120, 60, 60, 60, 60, 15]
    event = events_of(f"procedure:{draft.procedure_id}").last()
    assert event is not None
    assert event.reason == (
        "Waktu tercatat: langkah 1: 120 menjadi 55 menit (20 kunjungan yang dapat diukur, tengah 53, persentil ke-90 53)."
    )
    with pytest.raises(AlreadyDone):
        draft_from(actor=office.kepala, version=version(office))


@pytest.mark.parametrize(("minutes", "count"), [(95, 1), (96, 0), (144, 0), (145, 1)])
def test_a_fifth_more_or_less_is_no_reason(office: Office, minutes: int, count: int) -> None:
    many_visits(office, minutes)
    assert len(proposals(recorded_times(reader=office.kepala, version=version(office)))) == count
