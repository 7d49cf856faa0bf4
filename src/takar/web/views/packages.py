"""Paket arsip: have what is archived packed as BagIt in the background, and take in a package from elsewhere."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from takar.archive.models import Package
from takar.archive.package_jobs import ask_for_package
from takar.archive.packages import import_package
from takar.archive.policies import is_kasubbag, reads_archive
from takar.common.errors import DomainError, Problem
from takar.web.http import PersonRequest, as_typed, one_file, page, paged, performed, sentences


@page("GET", "POST")
def packages(request: PersonRequest) -> HttpResponse:
    me = request.employee
    if not reads_archive(me):
        raise Http404
    problems: list[Problem] | None = []
    if request.method == "POST" and request.POST.get("tindakan") == "unduh":
        try:
            typed = request.POST
            year, nip = typed.get("tahun", "").strip(), typed.get("nip", "").replace(" ", "")
            return redirect("job", ask_for_package(actor=me, year=year, nip=nip).pk)
        except DomainError as error:
            problems = sentences(error)
    elif request.method == "POST":
        problems = performed(request, {"terima": lambda: _taken(request)})
        if problems is None:
            return redirect("packages")
    received = Package.objects.filter(agency=me.agency).select_related("imported_by").order_by("-imported_at", "-pk")
    context = {
        "page": paged(request, received),
        "is_kasubbag": is_kasubbag(me),
        "problems": problems,
        "typed": as_typed(request, "tahun", "nip"),
    }
    return render(request, "web/archive/packages.html", context, status=422 if problems else 200)


def _taken(request: PersonRequest) -> str:
    _, content = one_file(request, "paket", settings.MAX_BODY_BYTES)
    with tempfile.TemporaryDirectory(prefix="takar-") as folder:
        path = Path(folder) / "paket.zip"
        path.write_bytes(content)
        made = import_package(actor=request.employee, agency=request.employee.agency, source=path)
    return f"{made.records} dokumen diterima sebagai arsip yang hanya dibaca."
