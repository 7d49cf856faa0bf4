"""Tugas Saya: what waits for me, by step, with the acts that can be done on many at once."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from takar.casework.actions import BulkLine, advance_many, return_many
from takar.casework.queries import (
    AT_RISK,
    LATE,
    by_time,
    chosen_steps,
    own_tasks,
    task_counts_by_version,
    tasks_of_kind,
)
from takar.casework.steps import SIGNING, StepData
from takar.common.errors import DomainError, InvalidInput, Problem
from takar.documents.choices import chosen_method
from takar.documents.enums import DocumentKind
from takar.exchange.actions import collect_files
from takar.exchange.outgoing import blank_forms
from takar.procedures.models import ProcedureVersion
from takar.procedures.queries import sop_of
from takar.rules.flow import Step, StepKind
from takar.web.http import NO_ACT, PersonRequest, files, identifiers, page, paged, sentences, small_number
from takar.web.pages import PAGES
from takar.web.signing import asked, pen_of
from takar.web.timing import finished_on_paper
from takar.web.views.home import StepCount, versions_of, waiting_by_version

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_AT_ONCE = 500
# What the list shows of a case.
SHOWN = ("open_step", "name", "nip", "code", "post", "unit", "step", "returned", "since", "due_at", "risk_at")
# A person signs what he or she has read; so this act alone is never done on a list.
ONE_BY_ONE = frozenset({StepKind.SIGN})


@page("GET")
def tasks(request: PersonRequest) -> HttpResponse:
    return _list(request, _chosen_step(request.GET.get("langkah")))


def _list(request: PersonRequest, step: int | None, **more: object) -> HttpResponse:
    me = request.employee
    versions = versions_of(me.agency_id)
    waiting = waiting_by_version(task_counts_by_version(me), versions)
    if step is None and len(waiting) == 1:
        step = waiting[0].step
    version, current = _current(versions, waiting, step, request.GET.get("sop") or request.POST.get("sop", ""))
    which = request.GET.get("waktu", "")
    rows = by_time(own_tasks(me).only(*SHOWN), which)
    listed = waiting
    if current and version:
        rows = rows.filter(step=current.number, period__version=version)
        listed = [item for item in waiting if (item.step, item.version) == (current.number, version.pk)]
    me.known_tasks = sum(item.count for item in waiting)
    kind = current.kind if current else None
    context = {
        "waiting": waiting,
        "step": current.number if current else None,
        "sop": version.version if version and any(item.sop for item in waiting) else "",
        "kind": kind.value if kind else "",
        "page": paged(request, rows, count=None if which else sum(item.count for item in listed)),
        "bulk_label": PAGES[kind].finish_label if kind and kind not in ONE_BY_ONE else "",
        "asked": asked(me, chosen_method(me.agency, DocumentKind.MEASUREMENT)) if kind is StepKind.ASSESS else None,
        "time": which if which in {LATE, AT_RISK} else "",
        "returns": current.returns_to if current else (),
        "takes_paper": kind is not None and kind not in SIGNING,
        "finished": request.POST.get("kertas_pada", ""),
        **more,
    }
    return render(request, "web/tasks.html", context, status=422 if more.get("problems") else 200)


def _current(
    versions: list[ProcedureVersion], waiting: list[StepCount], step: int | None, version: str
) -> tuple[ProcedureVersion | None, Step | None]:
    """The chosen step in the chosen version; without one in the first where something waits there, or in the newest."""
    there = [item for item in waiting if item.step == step]
    item = next((item for item in there if str(item.sop) == version), there[0] if there else None)
    found = next((row for row in versions if item is None or row.pk == item.version), None)
    if step is None or found is None:
        return None, None
    return found, next((known for known in sop_of(found).flow.steps if known.number == step), None)


@page("POST")
def bulk(request: PersonRequest) -> HttpResponse:
    """The same act on every ticked case, with a line for each."""
    chosen = request.POST.getlist("pilih")[:MOST_AT_ONCE]
    step = _chosen_step(request.POST.get("langkah"))
    if not chosen:
        return _list(request, step, problems=[Problem("Pilihan", "Centang dahulu berkas yang akan dikerjakan.")])
    steps_run = list(chosen_steps(request.employee, identifiers(chosen)).values_list("pk", flat=True))
    try:
        lines = _act(request, steps_run)
    except DomainError as error:
        problems = sentences(error)
        return _list(request, step, problems=problems, chosen=set(chosen))
    done = sum(line.done for line in lines)
    return render(
        request, "web/bulk_result.html", {"lines": lines, "done": done, "failed": len(lines) - done, "step": step}
    )


def _act(request: PersonRequest, steps_run: list[UUID]) -> list[BulkLine]:
    typed = request.POST
    if typed.get("tindakan") == "kembalikan":
        return return_many(
            actor=request.employee,
            step_run_ids=steps_run,
            to_step=small_number(typed.get("ke", "")),
            reason=typed.get("alasan", ""),
        )
    if typed.get("tindakan") != "selesai":
        raise InvalidInput(NO_ACT)
    finished = finished_on_paper(typed.get("kertas_pada", ""))
    data = StepData(box=typed.get("box", ""), shelf=typed.get("shelf", ""), pen=pen_of(request))
    password, code = typed.get("password", ""), typed.get("code", "")
    return advance_many(
        actor=request.employee, step_run_ids=steps_run, data=data, password=password, code=code, finished=finished
    )


@page("GET")
def forms_workbook(request: PersonRequest) -> HttpResponse:
    """One workbook with a sheet for every case that waits for its form."""
    cases = tasks_of_kind(request.employee, StepKind.COLLECT)[:MOST_AT_ONCE]
    content = blank_forms(list(cases))
    if content is None:
        raise InvalidInput("Tidak ada berkas yang menunggu formulir, sehingga tidak ada yang diunduh.")
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="formulir-kinerja.xlsx"'
    return response


@page("GET", "POST")
def upload(request: PersonRequest) -> HttpResponse:
    """Filled forms, several at once; each goes to its own case."""
    if request.method == "GET":
        return redirect("tasks")
    try:
        lines = collect_files(actor=request.employee, files=files(request, "berkas", settings.MAX_UPLOAD_BYTES))
    except InvalidInput as error:
        return _list(request, 1, problems=sentences(error))
    done = sum(line.done for line in lines)
    return render(request, "web/upload_result.html", {"lines": lines, "done": done, "failed": len(lines) - done})


def _chosen_step(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 3 else None  # noqa: PLR2004
