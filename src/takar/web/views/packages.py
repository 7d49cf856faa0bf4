"""Paket arsip: download what is archived as a BagIt package, and take in one from elsewhere."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from takar.archive.models import Package
from takar.archive.packages import export_package, import_package
from takar.archive.policies import is_kasubbag, reads_archive
from takar.archive.queries import visible_deposits
from takar.common.errors import DomainError, InvalidInput, Problem
from takar.web.http import PersonRequest, as_typed, one_file, page, paged, performed, sentences

MOST_DIGITS = 4


@page("GET", "POST")
def packages(request: PersonRequest) -> HttpResponse:
    me = request.employee
    if not reads_archive(me):
        raise Http404
    problems: list[Problem] | None = []
    if request.method == "POST" and request.POST.get("tindakan") == "unduh":
        try:
            return _download(request)
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


def _download(request: PersonRequest) -> HttpResponse:
    me, typed = request.employee, request.POST
    year, nip = typed.get("tahun", "").strip(), typed.get("nip", "").replace(" ", "")
    if bool(year) == bool(nip) or (year and not (year.isascii() and year.isdigit() and len(year) == MOST_DIGITS)):
        raise InvalidInput("Paket tidak dibuat.", [Problem("Isi", "Isi tahun penilaian atau NIP, salah satu.")])
    related = ("file", "record", "document__file", "document__signed_file")
    rows = visible_deposits(me).select_related(*related)
    chosen = rows.filter(year=int(year)) if year else rows.filter(nip=nip)
    name = f"arsip-{year or nip}.zip"
    with tempfile.TemporaryDirectory(prefix="takar-") as folder:
        made = export_package(
            actor=me,
            agency=me.agency,
            deposits=chosen,
            description=f"Arsip penilaian {year or nip}",
            target=Path(folder) / name,
        )
        response = HttpResponse(made.path.read_bytes(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _taken(request: PersonRequest) -> str:
    _, content = one_file(request, "paket", settings.MAX_BODY_BYTES)
    with tempfile.TemporaryDirectory(prefix="takar-") as folder:
        path = Path(folder) / "paket.zip"
        path.write_bytes(content)
        made = import_package(actor=request.employee, agency=request.employee.agency, source=path)
    return f"{made.records} dokumen diterima sebagai arsip yang hanya dibaca."
