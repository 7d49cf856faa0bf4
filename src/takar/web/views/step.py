"""One open step of one case: look, fill in, save, finish, or send back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from takar.casework import actions
from takar.casework.capacity import ASSESSOR, capacity_of
from takar.casework.models import Case
from takar.casework.policies import can_act, check_can_act, tell_former_holder
from takar.casework.queries import case_at
from takar.casework.steps import StepData, document_of
from takar.casework.working import Timing, begin_work, pause_work
from takar.common.errors import AlreadyDone, DomainError, InvalidInput, NotAllowed, Problem
from takar.documents.choices import chosen_method
from takar.documents.enums import DocumentKind, SignedAs
from takar.documents.signatures import method_of
from takar.organisation.models import Employee
from takar.procedures.queries import sop_of
from takar.rules.flow import Step, StepKind
from takar.web.http import NO_ACT, PersonRequest, files, identifiers, page, sentences, small_number
from takar.web.pages import PAGES
from takar.web.pages.assessing import live
from takar.web.pages.types import StepPage, Typed
from takar.web.signing import Asked, asked, pen_of
from takar.web.timing import clock_context, shown_in, timing_of

CLOCK_ACTS: dict[str, Callable[..., Case]] = {"mulai": begin_work, "lanjut": begin_work, "jeda": pause_work}


@page("GET", "POST")
def step(request: PersonRequest, step_run_id: UUID) -> HttpResponse:
    """A step that was finished meanwhile leads to its case; a POST on it is told who was first."""
    case = find(request, step_run_id)
    if request.method == "POST":
        return _post(request, case, step_run_id)
    if case.open_step_id != step_run_id or case.open_step is None:
        messages.info(request, "Langkah itu sudah diselesaikan; di bawah ini keadaan berkasnya sekarang.")
        return redirect("case", case.pk)
    if not can_act(request.employee, case, case.open_step):
        return redirect("case", case.pk)
    return _show(request, case)


@page("POST")
def compute(request: PersonRequest, step_run_id: UUID) -> HttpResponse:
    """The working of what is on the assessor's screen now; nothing is written.

    A computation that arrives after the step was sent changes nothing on the page that is being left.
    """
    case = find(request, step_run_id)
    if case.open_step_id != step_run_id:
        return HttpResponse(status=204)
    if case.actor != ASSESSOR:
        raise Http404
    _check_mine(request, case, step_run_id)
    return render(request, "web/steps/working_live.html", live(case, request.POST.dict()))


@page("POST")
def evidence(request: PersonRequest, step_run_id: UUID) -> HttpResponse:
    """Attach files to a line, or take one away."""
    case = find(request, step_run_id)
    me, typed = request.employee, request.POST
    _check_mine(request, case, step_run_id)
    try:
        if removed := typed.get("cabut"):
            actions.remove_evidence(actor=me, step_run_id=step_run_id, evidence_id=_known(removed))
        else:
            given = files(request, "bukti", settings.MAX_UPLOAD_BYTES)
            item = small_number(typed["kegiatan"]) if typed.get("kegiatan") else None
            actions.add_evidence(actor=me, step_run_id=step_run_id, item=item, files=given)
    except (InvalidInput, NotAllowed) as error:
        return _show_again(request, case, step_run_id, error)
    messages.success(request, "Bukti dukung diperbarui.")
    return redirect("step", step_run_id)


@page("POST")
def step_clock(request: PersonRequest, step_run_id: UUID) -> HttpResponse:
    """Mulai, Jeda, Lanjutkan: when the work began and when it rested."""
    case = find(request, step_run_id)
    _check_mine(request, case, step_run_id)
    act = CLOCK_ACTS.get(request.POST.get("tindakan", ""))
    if act is None:
        raise InvalidInput(NO_ACT)
    act(actor=request.employee, step_run_id=step_run_id)
    return redirect("step", step_run_id)


def find(request: PersonRequest, step_run_id: UUID) -> Case:
    """The case of this step among those that the reader may see; a stranger learns nothing."""
    found = case_at(request.employee, step_run_id)
    if found is None:
        tell_former_holder(request.employee, step_run_id)
        raise Http404
    return found


def _check_mine(request: PersonRequest, case: Case, step_run_id: UUID) -> None:
    """What is sent is read only from the person whose open step it is; of a closed one the act tells who was first."""
    if case.open_step is not None and case.open_step_id == step_run_id:
        check_can_act(request.employee, case, case.open_step)


def _post(request: PersonRequest, case: Case, step_run_id: UUID) -> HttpResponse:
    typed = request.POST.dict()
    _check_mine(request, case, step_run_id)
    try:
        message = _act(request, case, step_run_id, typed)
    except AlreadyDone:
        raise
    except DomainError as error:
        return _show_again(request, case, step_run_id, error, typed)
    messages.success(request, message)
    return redirect("step", step_run_id) if typed.get("tindakan") == "simpan" else redirect("tasks")


def _act(request: PersonRequest, case: Case, step_run_id: UUID, typed: Typed) -> str:
    """What the pressed button means, and the sentence that says it is done."""
    me, current = request.employee, _page_of(case, step_run_id)
    act = typed.get("tindakan")
    if act == "kembalikan" or "ke" in typed:
        to_step = small_number(typed.get("ke", ""))
        actions.return_case(
            actor=me,
            step_run_id=step_run_id,
            to_step=to_step,
            reason=typed.get("alasan", ""),
            timing=Timing(shown_in(typed, step_run_id)),
        )
        return f"Berkas {case.name} dikembalikan ke langkah {to_step}."
    if case.open_step_id != step_run_id:
        data = StepData()  # nothing is read any more: the act itself tells who was first
    elif act == "simpan" and current.save is not None:
        current.save(me, case, typed)
        return f"Isian berkas {case.name} disimpan."
    elif act == "selesai":
        data = current.read(case, typed)
    else:
        raise InvalidInput(NO_ACT)
    data, timing = replace(data, pen=pen_of(request)), timing_of(typed, step_run_id)
    password, code = typed.get("password"), typed.get("code", "")
    actions.advance_case(actor=me, step_run_id=step_run_id, data=data, password=password, code=code, timing=timing)
    return f"Langkah selesai; berkas {case.name} diteruskan."


def _show(
    request: PersonRequest, case: Case, typed: Typed | None = None, problems: list[Problem] | None = None
) -> HttpResponse:
    step = sop_of(case.run.version).flow.step(case.step)
    current = PAGES[step.kind]
    context = {
        "case": case,
        "step": step,
        "finish_label": current.finish_label,
        "returns": _returns(case, step),
        "last_return": _last_return(case),
        "typed_reason": (typed or {}).get("alasan", ""),
        "problems": problems or [],
        "acting": capacity_of(request.employee, case, case.open_step) if case.open_step else None,
        "asked": _asked(request.employee, case, step.kind, typed),
        **clock_context(case, typed),
        **current.context(case, typed),
    }
    return render(request, current.template, context, status=422 if problems else 200)


def _asked(person: Employee, case: Case, kind: StepKind, typed: Typed | None) -> Asked | None:
    """What is asked of who signs: at step 4 as the office chose, at step 5 as the document says."""
    if kind is StepKind.ASSESS:
        return asked(person, chosen_method(case.agency, DocumentKind.MEASUREMENT))
    if kind is not StepKind.SIGN:
        return None
    return asked(person, method_of(document_of(case)), SignedAs.ASSESSOR, SignedAs.EMPLOYEE, typed=dict(typed or {}))


def _show_again(
    request: PersonRequest, case: Case, step_run_id: UUID, error: DomainError, typed: Typed | None = None
) -> HttpResponse:
    """The page with what is wrong; of a step that is closed meanwhile the sentence alone."""
    if case.open_step_id != step_run_id:
        raise error
    return _show(request, case, typed, sentences(error))


def _page_of(case: Case, step_run_id: UUID) -> StepPage:
    found = case.run.steps.get(pk=step_run_id)
    return PAGES[sop_of(case.run.version).flow.step(found.step).kind]


def _returns(case: Case, step: Step) -> list[Step]:
    return list(sop_of(case.run.version).flow.may_return_to(step))


def _last_return(case: Case) -> Any:
    """Why the case came back to this step, if it did."""
    if not case.returned:
        return None
    return case.run.steps.filter(state="returned").select_related("closed_by").order_by("-seq").first()


def _known(text: str) -> UUID:
    """The identifier behind a button; anything else is no evidence of any case."""
    return next(iter(identifiers([text])), UUID(int=0))
