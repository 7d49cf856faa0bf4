"""Kantor, lambang: the crests that forms and letters bear."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.common.errors import DomainError, Problem
from takar.documents.emblems import MOST_BYTES, preview, remove_emblem, set_emblem
from takar.documents.enums import EmblemKind
from takar.documents.models import Emblem
from takar.organisation.policies import check_can_manage_office
from takar.web.http import NO_ACT, PersonRequest, one_file, page, sentences


@page("GET", "POST")
def emblems(request: PersonRequest) -> HttpResponse:
    agency = request.employee.agency
    check_can_manage_office(request.employee, agency)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            _act(request)
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, "Lambang disimpan. Dokumen yang sudah terbit tidak berubah.")
            return redirect("emblems")
    held = {emblem.kind: emblem for emblem in Emblem.objects.filter(agency=agency).select_related("set_by")}
    kinds = [(kind.value, kind.label, held.get(kind.value)) for kind in EmblemKind]
    return render(request, "web/emblems.html", {"kinds": kinds, "problems": problems}, status=422 if problems else 200)


@page("GET")
def emblem_picture(request: PersonRequest, kind: str) -> HttpResponse:
    if kind not in EmblemKind.values:
        raise Http404
    found = get_object_or_404(Emblem.objects.select_related("file"), agency=request.employee.agency, kind=kind)
    return HttpResponse(preview(found.file), content_type="image/png")


def _act(request: PersonRequest) -> None:
    me, kind = request.employee, request.POST.get("jenis", "")
    if request.POST.get("tindakan") == "hapus":
        remove_emblem(actor=me, agency=me.agency, kind=kind)
        return
    if request.POST.get("tindakan") != "simpan":
        raise DomainError(NO_ACT)
    name, content = one_file(request, "lambang", MOST_BYTES)
    set_emblem(actor=me, agency=me.agency, kind=kind, name=name, content=content)
