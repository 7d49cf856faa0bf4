"""What may stand behind the question mark: a misspelt filter would otherwise silently give everything."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from takar.api.building import api
from takar.api.door import PREFIX
from takar.api.problems import problem
from takar.common.errors import Problem

CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


class KnownQueries:
    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: tuple[Any, ...], _options: dict[str, Any]
    ) -> HttpResponse | None:
        """Once the address is known, and before anything of it is done."""
        if not request.path.startswith(PREFIX) or not request.GET or request.resolver_match is None:
            return None
        address = "/" + CONVERTER.sub(r"{\1}", request.resolver_match.route)
        known = known_names().get((address, request.method or ""))
        if known is None or not (unknown := sorted(set(request.GET) - known)):
            return None
        told = f"Isian ini tidak dikenal di alamat ini; yang dikenal: {', '.join(sorted(known)) or 'tidak ada'}."
        sentence = "Isian belum benar, sehingga tidak ada yang dikerjakan; betulkan yang disebut."
        return problem(422, sentence, [Problem(name[:100], told) for name in unknown])


@cache
def known_names() -> dict[tuple[str, str], frozenset[str]]:
    """By address and method, the names of its query."""
    paths = api.get_openapi_schema(path_prefix=PREFIX)["paths"]
    return {
        (path, method.upper()): frozenset(one["name"] for one in operation["parameters"] if one["in"] == "query")
        for path, methods in paths.items()
        for method, operation in methods.items()
    }
