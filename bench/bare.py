"""The plain thing beside Takar: one indexed select and a page of 25 rows, and one bare transaction, nothing else."""

import itertools
import os
import uuid

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from takar.appraisal.models import Form, FormLine
from takar.audit.models import Event
from takar.casework.models import Case, Term
from takar.common import clock
from takar.procedures.models import StepRun

ROWS = 25
PAGE = engines["django"].from_string(
    "<!doctype html><title>x</title><table>{% for case in cases %}<tr><td>{{ case.name }}</td><td>{{ case.nip }}</td>"
    "<td>{{ case.unit }}</td><td>{{ case.step }}</td><td>{{ case.since|date:'c' }}</td></tr>{% endfor %}</table>"
)
NUMBERS = itertools.count(1 + os.getpid() % 300 * 100)


def rows(_request: HttpRequest) -> HttpResponse:
    cases = Case.objects.order_by("period_id", "name", "pk").only("name", "nip", "unit", "step", "since")[:ROWS]
    return HttpResponse(PAGE.render({"cases": cases}))


@csrf_exempt
def writes(_request: HttpRequest) -> HttpResponse:
    """The rows that step 2 writes, in one transaction: no reader, no policy, no calendar, no chain."""
    now, number = clock.now(), next(NUMBERS)
    with transaction.atomic():
        case = Case.objects.select_for_update().filter(step=1).order_by("pk")[0]
        run = StepRun.objects.filter(run_id=case.run_id, state="open")
        run.update(started_at=now)
        form = Form.objects.create(
            agency_id=case.agency_id, appraisal_id=case.appraisal_id, stage="polos", version=number, source="layar",
            state="dikirim", updated_at=now, updated_by_id=case.employee_id,
        )  # fmt: skip
        FormLine.objects.bulk_create(FormLine(form=form, number=n, name="Kegiatan", quantity=12) for n in range(1, 7))
        Form.objects.filter(pk=form.pk).update(state="diterima")
        StepRun.objects.create(
            agency_id=case.agency_id, run_id=case.run_id, step=1, seq=number, actor="staf", state="completed",
            opened_at=now, closed_at=now, closed_by_id=case.employee_id, closed_as="staf", standard_minutes=60, output={},
        )  # fmt: skip
        Case.objects.filter(pk=case.pk).update(since=now)
        Case.objects.filter(pk=case.pk).update(terms_calendar=0)
        Term.objects.filter(case=case).delete()
        today = clock.office_date(now)
        Term.objects.create(
            agency_id=case.agency_id, case=case, rule="polos", party="staf", label="Polos", started=today, due=today
        )
        Event.objects.create(
            stream=f"polos:{uuid.uuid4()}", seq=1, at=now, actor_name="Polos", acting_as="staf", verb="polos",
            channel="web", previous="", hash="",
        )  # fmt: skip
    return HttpResponse("ya")


urlpatterns = [path("polos/", rows), path("polos-tulis/", writes), path("", include("config.urls"))]
