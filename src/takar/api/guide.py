"""The API's addresses as a page, from the same description that machines read."""

from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from takar.api.building import api


@dataclass(frozen=True, slots=True)
class Address:
    method: str
    path: str
    description: str
    parameters: tuple[str, ...]
    body: tuple[str, ...]


@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    return render(request, "api/guide.html", {"groups": groups()})


@cache
def groups() -> tuple[tuple[str, tuple[Address, ...]], ...]:
    """The addresses under their headings, in the order of the description."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    found: dict[str, list[Address]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            address = Address(
                method.upper(),
                path,
                operation.get("description", ""),
                tuple(one["name"] for one in operation["parameters"] if one["in"] != "path"),
                _fields(operation, schema["components"]["schemas"]),
            )
            found.setdefault(operation["tags"][0], []).append(address)
    return tuple((name, tuple(addresses)) for name, addresses in found.items())


def _fields(operation: dict[str, object], schemas: dict[str, dict[str, object]]) -> tuple[str, ...]:
    """The names that the body knows; a star behind those that must be there."""
    body: dict[str, object] = operation.get("requestBody", {})  # type: ignore[assignment]
    if not body:
        return ()
    reference = str(body["content"]["application/json"]["schema"]["$ref"])  # type: ignore[index]
    schema = schemas[reference.rpartition("/")[2]]
    required = schema.get("required", [])
    return tuple(f"{name}*" if name in required else name for name in schema["properties"])  # type: ignore[attr-defined, operator]
