"""The monitoring form every half year and the evaluation form every year: prefilled from the records, filled in by people.

Regulation: PermenPANRB 35/2012 as BPS and others apply it (monitoring every six months, evaluation at least yearly; both
read in secondary sources). What the records suggest is a suggestion: somebody answers, and signs.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from takar.accounts.actions import confirm_password
from takar.audit.actions import record
from takar.common import clock, words
from takar.common.errors import AlreadyDone, InvalidInput, Problem
from takar.documents.forms.render import render
from takar.files.actions import store
from takar.organisation.enums import Role
from takar.organisation.models import Agency, Employee
from takar.procedures.models import ProcedureVersion
from takar.procedures.queries import sop_of
from takar.review.enums import QUESTIONS, UNKNOWN, FormKind, Rating, YesNo
from takar.review.models import SopForm
from takar.review.policies import can_oversee, check_can_oversee
from takar.review.times import Measured, measured

LONGEST = 600
MOST_LISTED = 20
LONGEST_INITIALS = 12
OFTEN_RETURNED = 25
"""From so many percent of returned visits on, a step is suggested as less than well; the limit is the program's own."""


@dataclass(frozen=True, slots=True)
class Span:
    """The half year or year that a form is about."""

    kind: FormKind
    start: dt.date
    end: dt.date


def span_on(kind: FormKind, day: dt.date) -> Span:
    """The half year or the year in which a day lies."""
    if kind is FormKind.EVALUATION:
        return Span(kind, dt.date(day.year, 1, 1), dt.date(day.year, 12, 31))
    half = 7 if day.month >= 7 else 1  # noqa: PLR2004 -- the second half begins in July
    return Span(kind, dt.date(day.year, half, 1), dt.date(day.year, half + 5, 30 if half == 1 else 31))


@transaction.atomic
def begin_form(*, actor: Employee, version: ProcedureVersion, span: Span) -> SopForm:
    """A form with what the records say; one for each half year or year of a version."""
    office = check_can_oversee(actor, version.agency)
    if span.start > clock.today():
        raise InvalidInput("Formulir belum dibuat: masa itu belum mulai. Pilih masa yang sudah berjalan.")
    rows = _monitoring(version, span) if span.kind is FormKind.MONITORING else _evaluation()
    form = SopForm(
        agency=version.agency,
        version=version,
        kind=span.kind,
        start=span.start,
        end=span.end,
        rows=rows,
        begun_by=actor,
        begun_at=clock.now(),
    )
    try:
        with transaction.atomic():
            form.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyDone(f"{form} sudah ada; bukalah dari daftar.") from error
    _record(form, actor, office, "sopform.begun", {"rows": len(rows)})
    return form


def _monitoring(version: ProcedureVersion, span: Span) -> list[dict[str, Any]]:
    zone = clock.office_zone()
    first, after = (
        dt.datetime.combine(day, dt.time(), tzinfo=zone) for day in (span.start, span.end + dt.timedelta(days=1))
    )
    found = measured(version, between=(first, after))
    return [
        {
            "title": step.description,
            "evidence": evidence_of(step),
            "suggested": suggestion(step),
            "answer": "",
            "note": "",
            "action": "",
            "initials": "",
        }
        for step in found
    ]


def _evaluation() -> list[dict[str, Any]]:
    return [
        {"title": question, "evidence": "", "suggested": "", "answer": "", "note": "", "action": "", "initials": ""}
        for question in QUESTIONS
    ]


def evidence_of(step: Measured) -> str:
    """What the records say of a step, as a sentence."""
    if not step.visits:
        return "Tidak ada kunjungan langkah yang tercatat pada masa ini."
    back = f"dikembalikan {step.returned_percent}%."
    if not step.timed:
        return f"{step.visits} kunjungan, semuanya dibuka dan selesai seketika, sehingga waktu kerjanya tidak terekam; {back}"
    some = "" if step.timed == step.visits else f", {step.timed} di antaranya terekam waktunya"
    return (
        f"{step.visits} kunjungan{some}; waktu kerja tengah {words.minutes(step.median)}, persentil ke-90 "
        f"{words.minutes(step.ninetieth)}, waktu baku {words.minutes(step.standard)}; {back}"
    )


def suggestion(step: Measured) -> str:
    """What the records suggest: nothing without visits, well within the standard, less up to twice of it.

    Where fewer than half of the visits can be timed (done for many at once, or in a moment) the records do not tell.
    """
    if not step.visits:
        return ""
    if 2 * step.timed < step.visits:
        return UNKNOWN if step.returned_percent < OFTEN_RETURNED else Rating.LESS
    if step.median <= step.standard and step.returned_percent < OFTEN_RETURNED:
        return Rating.WELL
    return Rating.LESS if step.median <= 2 * step.standard else Rating.NOT


@transaction.atomic
def save_form(*, actor: Employee, form: SopForm, typed: Sequence[Mapping[str, str]], remark: str) -> SopForm:
    """Keep what was filled in so far; an unfinished form may be kept."""
    office = check_can_oversee(actor, form.agency)
    current = _open(form)
    choices = choices_of(current)
    problems = [
        Problem(f"Baris {number}", message)
        for number, row in enumerate(typed, start=1)
        for message in _row_problems(row, choices)
    ]
    if len(remark) > LONGEST:
        problems.append(Problem("Catatan umum", f"Paling panjang {LONGEST} huruf."))
    if problems or len(typed) != len(current.rows):
        raise InvalidInput("Formulir belum disimpan.", problems)
    keys = ("answer", "note", "action", "initials")
    current.rows = [
        {**kept, **{key: row.get(key, "").strip() for key in keys}}
        for kept, row in zip(current.rows, typed, strict=True)
    ]
    current.remark = remark.strip()
    current.save(update_fields=["rows", "remark"])
    answered = sum(bool(row["answer"]) for row in current.rows)
    _record(current, actor, office, "sopform.saved", {"answered": answered})
    return current


def _row_problems(row: Mapping[str, str], choices: list[str]) -> list[str]:
    found = []
    if row.get("answer", "") not in ("", *choices):
        found.append("Pilih salah satu jawaban yang tersedia.")
    if any(len(row.get(key, "")) > LONGEST for key in ("note", "action")):
        found.append(f"Catatan dan tindakan paling panjang {LONGEST} huruf.")
    if len(row.get("initials", "")) > LONGEST_INITIALS:
        found.append(f"Paraf paling panjang {LONGEST_INITIALS} huruf.")
    return found


def choices_of(form: SopForm) -> list[str]:
    return list((Rating if form.kind == FormKind.MONITORING else YesNo).values)


def sign_form(*, actor: Employee, form: SopForm, password: str) -> SopForm:
    """Sign a complete form: it becomes a PDF under its hash, and the database refuses every change."""
    check_can_oversee(actor, form.agency)
    confirm_password(user=actor.user, password=password)
    return _sign(actor, form)


@transaction.atomic
def _sign(actor: Employee, form: SopForm) -> SopForm:
    office = check_can_oversee(actor, form.agency)
    current = _open(form)
    if problems := _missing(current):
        raise InvalidInput("Formulir belum ditandatangani karena belum lengkap.", problems)
    current.signed_by, current.signed_at, current.signed_as = actor, clock.now(), office.label
    pdf = render("tinjauan_sop", print_data(current))
    current.file = store(pdf, name=f"{current.kind}-sop-{current.start}.pdf", media_type="application/pdf")
    current.save(update_fields=["signed_by", "signed_at", "signed_as", "file"])
    _record(current, actor, office, "sopform.signed", {"sha256": current.file.sha256})
    return current


def _missing(form: SopForm) -> list[Problem]:
    found = []
    for number, row in enumerate(form.rows, start=1):
        if not row["answer"]:
            found.append(Problem(f"Baris {number}", "Belum dijawab."))
        elif row["answer"] in {Rating.LESS, Rating.NOT} and not row["action"]:
            found.append(Problem(f"Baris {number}", "Sebut tindakan yang harus diambil."))
        if not row["initials"]:
            found.append(Problem(f"Baris {number}", "Belum diparaf; isi inisial yang menilai baris ini."))
    return found


def print_data(form: SopForm) -> dict[str, Any]:
    """What the PDF shows."""
    sop, labels = sop_of(form.version), dict([*Rating.choices, *YesNo.choices])
    if form.kind == FormKind.MONITORING:
        labels = dict(Rating.choices)
    signer = form.signed_by
    return {
        "agency": {"name": form.agency.name, "region": form.agency.region, "place": form.agency.place},
        "title": form.get_kind_display(),
        "kind": form.kind,
        "sop": f"{sop.identity.name}, nomor {sop.identity.number}, versi {form.version.version}",
        "period": words.period(form.start, form.end),
        "rows": [{**row, "answer": labels.get(row["answer"], "")} for row in form.rows],
        "remark": form.remark,
        "signatures": [],
        "edition": "asli",
        "copy": None,
        "signer": {
            "name": signer.full_name if signer else "",
            "nip": words.nip(signer.nip) if signer else "",
            "post": form.signed_as,
            "at": words.moment(form.signed_at) if form.signed_at else "",
        },
    }


def _open(form: SopForm) -> SopForm:
    current = SopForm.objects.select_for_update(of=("self",)).get(pk=form.pk)
    if current.signed_by is not None and current.signed_at is not None:
        raise AlreadyDone(
            f"{current} sudah ditandatangani oleh {current.signed_by.full_name} pada {words.moment(current.signed_at)}; "
            "tidak ada yang berubah."
        )
    return current


def forms_of(agency: Agency) -> QuerySet[SopForm]:
    return SopForm.objects.filter(agency=agency).select_related("version", "begun_by", "signed_by", "file")


def signed_forms(reader: Employee, version: ProcedureVersion) -> list[SopForm]:
    """The control documents of a version, for those who may read them."""
    if version.agency_id != reader.agency_id or not can_oversee(reader, reader.agency):
        return []
    return list(SopForm.objects.filter(version=version, signed_at__isnull=False)[:MOST_LISTED])


def _record(form: SopForm, actor: Employee, office: Role, verb: str, after: Mapping[str, object]) -> None:
    record(
        stream=f"procedure:{form.version.procedure_id}",
        verb=verb,
        by=actor.by(office),
        subject=str(form),
        after={"kind": form.kind, "start": form.start, **after},
    )
