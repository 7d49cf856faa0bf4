"""The plain thing beside Takar: one indexed select and a page of 25 rows, and one bare transaction, nothing else."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from takar.casework.models import Case

ROWS = 25
PAGE = engines["django"].from_string(
    "<!doctype html><title>x</title><table>{% for case in cases %}<tr><td>{{ case.name }}</td><td>{{ case.nip }}</td>"
    "<td>{{ case.unit }}</td><td>{{ case.step }}</td><td>{{ case.since|date:'c' }}</td></tr>{% endfor %}</table>"
)


def rows(_request: HttpRequest) -> HttpResponse:
    cases = Case.objects.order_by("period_id", "name", "pk").only("name", "nip", "unit", "step", "since")[:ROWS]
    return HttpResponse(PAGE.render({"cases": cases}))


urlpatterns = [path("polos/", rows), path("", include("config.urls"))]
