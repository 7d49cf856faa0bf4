"""Arsip: finding what was archived."""

from django.http import HttpResponse
from django.shortcuts import render

from takar.archive.queries import search
from takar.web.http import PersonRequest, page, paged

LONGEST_SEARCH = 100


@page("GET")
def archive(request: PersonRequest) -> HttpResponse:
    words = request.GET.get("cari", "").strip()[:LONGEST_SEARCH]
    context = {"words": words, "page": paged(request, search(request.employee, words))}
    return render(request, "web/archive.html", context)
