"""Pekerjaan: what was asked to be done in the background, how far it is, and what came of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.files.queries import read
from takar.jobs.actions import cancel, retry
from takar.jobs.models import Job
from takar.jobs.policies import can_retry
from takar.jobs.queries import jobs_in_care, looks_after_program, schedule, troubled_jobs, visible_jobs
from takar.jobs.registry import label_of
from takar.web.http import PersonRequest, page, paged

FIRST_TROUBLES = 10


@page("GET")
def jobs(request: PersonRequest) -> HttpResponse:
    """One's own; whoever looks after the program also sees its schedule and what of that failed."""
    shown = paged(request, visible_jobs(request.employee))
    context: dict[str, object] = {"page": shown, "rows": [(job, label_of(job.kind)) for job in shown]}
    if looks_after_program(request.employee):
        context["schedule"] = [(row, label_of(row.kind)) for row in schedule()]
        context["troubles"] = [(job, label_of(job.kind)) for job in troubled_jobs()[:FIRST_TROUBLES]]
    return render(request, "web/jobs.html", context)


@page("GET")
def job(request: PersonRequest, job_id: UUID) -> HttpResponse:
    found = _mine(request, job_id)
    context = {"job": found, "label": label_of(found.kind), "page": paged(request, found.lines.order_by("id"))}
    return render(request, "web/job.html", context | {"may_retry": can_retry(request.employee, found)})


@page("GET")
def job_progress(request: PersonRequest, job_id: UUID) -> HttpResponse:
    """The part of the page that a browser asks for again and again; once the job is over, the whole page once more."""
    found = _mine(request, job_id)
    if not found.unfinished:
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    return render(request, "web/parts/job_progress.html", {"job": found})


@page("GET")
def job_file(request: PersonRequest, job_id: UUID) -> HttpResponse:
    found = _mine(request, job_id)
    if found.file is None:
        raise Http404
    response = HttpResponse(read(found.file), content_type=found.file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{_plain(found.file_name)}"'
    return response


@page("POST")
def cancel_job(request: PersonRequest, job_id: UUID) -> HttpResponse:
    cancel(actor=request.employee, job_id=_mine(request, job_id).pk)
    messages.success(request, "Pekerjaan dibatalkan.")
    return redirect("job", job_id)


@page("POST")
def retry_job(request: PersonRequest, job_id: UUID) -> HttpResponse:
    found = get_object_or_404(jobs_in_care(request.employee), pk=job_id)
    retry(actor=request.employee, job_id=found.pk)
    messages.success(request, "Pekerjaan dicoba lagi; butir yang sudah selesai tidak diulang.")
    return redirect("job", job_id) if found.actor_id else redirect("jobs")


def _mine(request: PersonRequest, job_id: UUID) -> Job:
    return get_object_or_404(visible_jobs(request.employee).select_related("file"), pk=job_id)


def _plain(name: str) -> str:
    """A name that a header can hold."""
    return "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_. ") else "-" for letter in name)
