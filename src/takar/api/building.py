"""The API as a whole: its rooms, who may enter, how a body is read, and what its OpenAPI document says beside."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from takar.api import problems
from takar.api.door import READS, TooOften, of_too_often
from takar.api.routes import cases, office, papers, tasks
from takar.api.schemas.answers import ProblemOut
from takar.common.json_input import parse

ABOUT = """API Takar untuk skrip dan sistem lain.

Setiap permintaan membawa kunci dari halaman Akun › Kunci API: `Authorization: Bearer takar_…`. Kunci melihat dan berbuat
paling banyak apa yang boleh dilihat dan diperbuat pemiliknya; aturannya sama dengan halaman dan baris perintah. Penolakan
dijawab sebagai problem+json (RFC 9457)."""
REFUSALS = {
    "get": (400, 401, 403, 404, 422, 429),
    "post": (400, 401, 403, 404, 409, 413, 415, 422, 429),
    "put": (400, 401, 403, 404, 409, 413, 415, 422, 429),
}
BINARY = {
    "/api/v1/documents/{document_id}/content": ("application/pdf", "image/jpeg", "image/png"),
    "/api/v1/sop/{version_id}/bpmn": ("application/xml",),
}


class ExactParser(Parser):
    """Figures stay exact, and a name that stands twice is refused: as for `takar score` and `takar act`."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        return dict(parse(request.body, settings.MAX_BODY_BYTES))


class TakarAPI(NinjaAPI):
    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """With every refusal, and what is no JSON."""
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"]["Problem"] = ProblemOut.model_json_schema(
            ref_template="#/components/schemas/{model}"
        ).copy()
        schema["components"]["schemas"].update(schema["components"]["schemas"]["Problem"].pop("$defs", {}))
        for address, methods in schema["paths"].items():
            for method, operation in methods.items():
                operation["responses"] |= _refusals(method, operation)
                if address in BINARY:
                    operation["responses"][200] = {
                        "description": "OK",
                        "content": {
                            kind: {"schema": {"type": "string", "format": "binary"}} for kind in BINARY[address]
                        },
                    }
        return schema


def _refusals(method: str, operation: dict[str, Any]) -> dict[int, Any]:
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    numbers = [number for number in REFUSALS[method] if number != 401 or "security" in operation]  # noqa: PLR2004
    return {number: {"description": problems.TITLES[number], "content": content} for number in numbers}


def _build() -> NinjaAPI:
    built = TakarAPI(
        title="Takar",
        version="1",
        description=ABOUT,
        urls_namespace="api",
        docs_url=None,
        auth=READS,
        parser=ExactParser(),
    )
    handlers: tuple[tuple[Any, Any], ...] = (*problems.HANDLERS, (TooOften, of_too_often))
    for error, handler in handlers:
        built.add_exception_handler(error, handler)
    for room in (office, tasks, cases, papers):
        built.add_router("", room.router)
    return built


api = _build()
