"""Sesudah penilaian: the acts on an approved result, and the sheet on which the superior changes it."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.casework.act_policies import can_read_texts
from takar.casework.acts import record_act
from takar.casework.aftermath import TOLD
from takar.casework.models import ActFile, Case
from takar.casework.queries import visible_cases
from takar.common import clock
from takar.common.errors import AlreadyDone, DomainError, InvalidInput, Problem
from takar.web.http import PersonRequest, files, page, sentences
from takar.web.pages import assessing
from takar.web.pages.aftermath import OpenAct, open_act
from takar.web.pages.aftermath import aftermath as section
from takar.web.results import outcome
from takar.web.signing import pen_of
from takar.web.views.cases import stored_file

RELATED = (
    "agency", "period", "run__version", "open_step", "appraisal__plan", "appraisal__led_unit", "appraisal__decision", "employee", "assessor",
    "assessor_superior",
)  # fmt: skip
CHANGE = "change"


@page("GET", "POST")
def aftermath(request: PersonRequest, case_id: UUID) -> HttpResponse:
    """The section by itself, and where its small forms are sent."""
    case = _visible(request, case_id)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            return _record(request, case)
        except AlreadyDone:
            raise
        except DomainError as error:
            problems = sentences(error)
    shown = section(request.employee, case, request.POST.dict())
    context = {"case": case, "aftermath": shown, "problems": problems}
    return render(request, "web/aftermath.html", context, status=422 if problems else 200)


@page("GET", "POST")
def decision(request: PersonRequest, case_id: UUID) -> HttpResponse:
    """The superior's sheet: the approved figures, to be changed with a reason."""
    case = _visible(request, case_id)
    allowed = open_act(request.employee, case, CHANGE)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            return _decide(request, case)
        except AlreadyDone:
            raise
        except DomainError as error:
            if allowed is None:
                raise
            problems = sentences(error)
    if allowed is None:
        messages.info(request, "Nilai berkas ini tidak sedang menunggu keputusan Anda.")
        return redirect("case", case.pk)
    return _sheet(request, case, allowed, problems)


@page("POST")
def decision_compute(request: PersonRequest, case_id: UUID) -> HttpResponse:
    """The working of what is on the superior's screen now; nothing is written."""
    case = _visible(request, case_id)
    if open_act(request.employee, case, CHANGE) is None:
        raise Http404
    return render(request, "web/steps/working_live.html", assessing.live(case, request.POST.dict()))


@page("GET")
def act_file(request: PersonRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """A file that belongs to an act, for those who may read what was written."""
    case = _visible(request, case_id)
    if not can_read_texts(request.employee, case):
        raise Http404
    found = get_object_or_404(ActFile.objects.select_related("file"), pk=file_id, act__case=case)
    return stored_file(found.file)


def _record(request: PersonRequest, case: Case) -> HttpResponse:
    typed = request.POST
    done = record_act(
        actor=request.employee,
        case_id=case.pk,
        kind=typed.get("tindakan", ""),
        text=typed.get("isi", ""),
        on=_date(typed.get("tanggal", "")),
        files=_attached(request),
        password=typed.get("password"),
        code=typed.get("code", ""),
        pen=pen_of(request),
    )
    messages.success(request, f"{TOLD[done.kind]}: {case.name}.")
    return redirect("case", case.pk)


def _decide(request: PersonRequest, case: Case) -> HttpResponse:
    typed = request.POST.dict()
    done = record_act(
        actor=request.employee,
        case_id=case.pk,
        kind=CHANGE,
        text=typed.get("isi", ""),
        on=_date(typed.get("tanggal", "")),
        draft=assessing.read(case, typed).assessment,
        password=typed.get("password"),
        code=typed.get("code", ""),
        pen=pen_of(request),
    )
    messages.success(request, f"Nilai {case.name} diubah; dokumen {done.data['document']} diterbitkan.")
    return redirect("case", case.pk)


def _sheet(request: PersonRequest, case: Case, allowed: OpenAct, problems: list[Problem]) -> HttpResponse:
    typed = request.POST.dict() if request.method == "POST" else None
    context = {
        "case": case,
        "problems": problems,
        "reasons": (typed or {}).get("isi", ""),
        "on_paper": allowed.on_paper,
        "kind": allowed.kind,
        "outcome": outcome(case.appraisal),
        "on": (typed or {}).get("tanggal", clock.today().isoformat()),
        "aftermath": section(request.employee, case),
        **assessing.context(case, typed),
    }
    return render(request, "web/decision.html", context, status=422 if problems else 200)


def _attached(request: PersonRequest) -> list[tuple[str, bytes]]:
    """Files are not required."""
    return files(request, "lampiran", settings.MAX_UPLOAD_BYTES) if request.FILES.getlist("lampiran") else []


def _date(text: str) -> dt.date | None:
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError as error:
        raise InvalidInput("Belum dicatat.", [Problem("Tanggal", f"“{text}” bukan tanggal.")]) from error


def _visible(request: PersonRequest, case_id: UUID) -> Case:
    return get_object_or_404(visible_cases(request.employee).select_related(*RELATED), pk=case_id)
