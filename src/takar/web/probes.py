"""What a monitor asks: is the process alive, can it serve, how has it been. Answered before anything else is looked up."""

import hmac
import os
import uuid
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Gauge, generate_latest, multiprocess

from takar.audit.models import Checkpoint
from takar.common import clock
from takar.jobs.enums import UNFINISHED
from takar.jobs.models import Job

FINE = "baik"


class Probes:
    """Answers /health, /ready and /metrics; every other address goes on."""

    migrated = False

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond
        self.probes = {"/health": health, "/ready": ready, "/metrics": metrics}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = self.probes.get(request.path)
        return probe(request) if probe and request.method in {"GET", "HEAD"} else self.respond(request)


def health(_request: HttpRequest) -> HttpResponse:
    """The process answers; whoever restarts it on failure asks this and nothing more."""
    return JsonResponse({"takar": FINE})


def ready(_request: HttpRequest) -> HttpResponse:
    """200 when requests can be served, otherwise 503; says which part is missing, and nothing about the office."""
    found = {"database": _database(), "files": _files()}
    return JsonResponse(found, status=200 if set(found.values()) == {FINE} else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text for the holder of TAKAR_METRICS_TOKEN; without one set, the address does not exist."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return HttpResponse(status=404)
    return HttpResponse(generate_latest(_registry()) + generate_latest(_office()), content_type=CONTENT_TYPE_LATEST)


def _registry() -> CollectorRegistry:
    """Of all processes of this server, where there are several."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def _office() -> CollectorRegistry:
    """What the database knows: work that waits, and how old the newest checkpoint is."""
    registry = CollectorRegistry()
    waiting = Gauge(
        "takar_jobs_unfinished", "Background work that is not done, by state.", ["state"], registry=registry
    )
    rows = Job.objects.filter(state__in=UNFINISHED).order_by().values("state").annotate(count=Count("pk"))
    counts = {row["state"]: row["count"] for row in rows.order_by("state")}
    for state in UNFINISHED:
        waiting.labels(state.value).set(counts.get(state.value, 0))
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is not None:
        age = Gauge("takar_checkpoint_age_seconds", "Time since the newest checkpoint was signed.", registry=registry)
        age.set((clock.now() - newest.at).total_seconds())
    return registry


def _database() -> str:
    try:
        if not Probes.migrated:
            executor = MigrationExecutor(connection)
            Probes.migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "tidak dapat dihubungi"
    return FINE if Probes.migrated else "belum disiapkan untuk versi ini"


def _files() -> str:
    """Something can be written to the data folder."""
    probe = Path(settings.DATA_DIR) / f".ready-{uuid.uuid4().hex}"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        return f"folder data tidak dapat ditulisi ({error.strerror})"
    return FINE
