"""The API's addresses, its description, and the page that lists them for people."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from takar.api.building import api
from takar.api.guide import guide
from takar.api.problems import problem


def unknown(_request: HttpRequest) -> HttpResponse:
    return problem(404)


urlpatterns = [
    path("api/", guide, name="api_guide"),
    path("api/v1/", api.urls),
    re_path(r"^api/v1/", unknown, name="api_unknown"),
]
