"""Notes who opened whose papers, after the answer has gone out: which pages hold papers of one person, and whose."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from takar.appraisal.models import Plan
from takar.casework.models import Case
from takar.documents.models import Document
from takar.privacy.readings import note_reading

OK = 200
# name of the address → what it is called in the record, the argument that names the object, how the person is found
CASE = (Case, "employee_id")
DOCUMENT = (Document, "subject_id")
PLAN = (Plan, "employee_id")
PERSON = (None, "")
PAPERS: Mapping[str, tuple[str, str, tuple[Any, str]]] = {
    "case": ("berkas", "case_id", CASE),
    "form_version": ("berkas", "case_id", CASE),
    "form_file": ("berkas", "case_id", CASE),
    "form_workbook": ("berkas", "case_id", CASE),
    "evidence_file": ("berkas", "case_id", CASE),
    "aftermath": ("berkas", "case_id", CASE),
    "act_file": ("berkas", "case_id", CASE),
    "case_print": ("berkas", "case_id", CASE),
    "document": ("dokumen", "document_id", DOCUMENT),
    "document_original": ("dokumen", "document_id", DOCUMENT),
    "document_copy": ("dokumen", "document_id", DOCUMENT),
    "document_record": ("dokumen", "document_id", DOCUMENT),
    "skp_plan": ("skp", "plan_id", PLAN),
    "progress": ("skp", "plan_id", PLAN),
    "plan_print": ("skp", "plan_id", PLAN),
    "notebook": ("catatan", "employee_id", PERSON),
    "notebook_print": ("catatan", "employee_id", PERSON),
    "feedback_of": ("umpan", "employee_id", PERSON),
    "account": ("kredit", "employee_id", PERSON),
    "personnel_file": ("arsip", "employee_id", PERSON),
}


class NotedReading:
    """Stands outside of the read-only switch; what it writes, it writes when the page is on its way."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        match, person = request.resolver_match, getattr(request, "employee", None)
        found = PAPERS.get(match.url_name or "") if match else None
        if found and match and person and response.status_code == OK and settings.READINGS_NOTED:
            kind, argument, way = found
            object_id, reader_id = match.kwargs[argument], person.pk
            about = getattr(request, "about", None)
            response._resource_closers.append(lambda: _note(reader_id, kind, way, object_id, about))  # type: ignore[attr-defined]  # noqa: SLF001 -- run when the body is sent
        return response


def _note(reader_id: UUID, kind: str, way: tuple[Any, str], object_id: UUID, about: UUID | None) -> None:
    """A database that is busy or away costs the note, never the page. `about`: the person, where the view has said it."""
    try:
        person_id = about or _person(way, object_id)
        if person_id is not None:
            note_reading(reader_id, person_id, kind)
    except DatabaseError:
        return


def _person(way: tuple[Any, str], object_id: UUID) -> UUID | None:
    model, column = way
    if model is None:
        return object_id
    found: UUID | None = model.objects.filter(pk=object_id).values_list(column, flat=True).first()
    return found
