"""Each request has a number, a line in the log, and its share in the figures that a monitor collects.

No line holds what was sent, what a person is called or how an SQL statement was filled in.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

REQUESTS = logging.getLogger("takar.request")
SLOW = logging.getLogger("takar.slow")
GIVEN_NUMBER = re.compile(r"[A-Za-z0-9_-]{8,64}")
UNKNOWN = "-"

SECONDS = Histogram(
    "takar_request_seconds",
    "How long answers took, by page and method.",
    ["page", "method"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
ANSWERS = Counter("takar_answers_total", "Answers by page and status.", ["page", "status"])
QUERIES = Counter("takar_queries_total", "SQL statements by page.", ["page"])
SLOW_QUERIES = Counter("takar_slow_queries_total", "SQL statements that took longer than TAKAR_SLOW_QUERY_MS.")


class Watched:
    """The outermost middleware: what it does not see was not asked of this program."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = _number(request)
        request.number = number  # type: ignore[attr-defined]
        statements, began = Statements(number), time.perf_counter()
        with connection.execute_wrapper(statements):
            response = self.respond(request)
        seconds = time.perf_counter() - began
        _count(request, response, statements, seconds)
        response.headers["X-Request-ID"] = number
        return response


class Statements:
    """Counts the SQL statements of one request and names those that took too long."""

    def __init__(self, number: str) -> None:
        self.number, self.count = number, 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = (time.perf_counter() - began) * 1000
            if took >= settings.SLOW_QUERY_MS:
                SLOW_QUERIES.inc()
                SLOW.warning("slow statement", extra={"request": self.number, "ms": round(took), "sql": sql[:2000]})


def number_of(request: HttpRequest) -> str:
    """The number under which this request stands in the log and in the audit trail."""
    return getattr(request, "number", UNKNOWN)


def _number(request: HttpRequest) -> str:
    """The number that the office's own proxy gave, or a new one."""
    given = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
    return given if GIVEN_NUMBER.fullmatch(given) else secrets.token_hex(8)


def _count(request: HttpRequest, response: HttpResponse, statements: Statements, seconds: float) -> None:
    match = request.resolver_match
    page = (match.view_name if match else None) or UNKNOWN
    method = request.method if request.method in {"GET", "POST", "HEAD"} else "other"
    SECONDS.labels(page, method).observe(seconds)
    ANSWERS.labels(page, str(response.status_code)).inc()
    QUERIES.labels(page).inc(statements.count)
    person = getattr(request, "employee", None)
    REQUESTS.info(
        "request",
        extra={
            "request": statements.number,
            "method": method,
            "page": page,
            "status": response.status_code,
            "ms": round(seconds * 1000),
            "queries": statements.count,
            "person": str(person.pk) if person is not None else UNKNOWN,
        },
    )
