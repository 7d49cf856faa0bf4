"""Jejak: the signed checkpoints over everything that happened, to be printed and filed."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from takar.audit.models import Checkpoint
from takar.audit.notes import Note, printed
from takar.organisation.policies import can_read_trail
from takar.web.http import PersonRequest, page, paged


@page("GET")
def trail(request: PersonRequest) -> HttpResponse:
    if not can_read_trail(request.employee):
        raise Http404
    rows = Checkpoint.objects.order_by("-size")
    newest = rows.first()
    context = {"page": paged(request, rows), "note": printed(Note.of(newest)) if newest else ""}
    return render(request, "web/trail.html", context)
