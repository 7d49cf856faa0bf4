"""The API under requests made from its own description, right ones and wrong ones, in this process.

Every answer must keep to the description (schemathesis' checks). Whether a right request may be done is the office's
state's to say, so that being refused for it is no failure; nothing is ever deleted, so that the checks for that are idle.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS
from tests.api.calling import key_of
from tests.office import Office

from takar.api import door
from takar.casework.models import Case
from takar.procedures.models import ProcedureVersion

BENT = {"positive_data_acceptance", "use_after_free", "ensure_resource_availability"}
PEOPLE = ("staf", "kasubbag", "atasan", "pegawai", "rekan", "sekretaris", "kepala", "outsider")
SAFE = ("get", "head", "options")


def all_checks() -> list[Any]:
    return CHECKS.get_by_names([name for name in CHECKS.get_all_names() if name not in BENT])


@dataclass
class Report:
    """How often each address was asked, and which statuses it gave."""

    seen: dict[str, dict[int, int]] = field(default_factory=dict)

    def note(self, label: str, status: int) -> None:
        counts = self.seen.setdefault(label, {})
        counts[status] = counts.get(status, 0) + 1

    @property
    def requests(self) -> int:
        return sum(sum(counts.values()) for counts in self.seen.values())


def is_bent(case: Any) -> bool:
    """Whether the query or the body is not as described."""
    parts = case.meta.components if case.meta else {}
    wrong = schemathesis.GenerationMode.NEGATIVE
    return any(info.mode == wrong for place, info in parts.items() if str(place.value) in {"query", "body"})


def operations() -> list[Any]:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    return [result.ok() for result in schema.get_all_operations()]


def objects_of(office: Office) -> dict[str, list[str]]:
    """Identifiers of real things by the name of the parameter; tasks as they are open now."""
    cases = list(Case.objects.filter(agency=office.agency).order_by("name"))
    return {
        "case_id": [str(case.pk) for case in cases],
        "task_id": [str(case.open_step_id) for case in cases if case.open_step_id],
        "document_id": [str(pk) for case in cases for pk in case.documents.values_list("document", flat=True)],
        "plan_id": [str(case.appraisal.plan_id) for case in cases if case.appraisal.plan_id],
        "period_id": [str(office.period.pk)],
        "version_id": [str(pk) for pk in ProcedureVersion.objects.order_by("pk").values_list("pk", flat=True)],
    }


def unlimited() -> None:
    """Fuzzing asks more often than anybody may."""
    for window in (door.EVERY_ADDRESS, door.EVERY_TOKEN, door.WRONG_KEYS):
        window.most = 10**9


def ask(operation: Any, office: Office, keys: dict[str, str], report: Report, *, examples: int, start: int) -> None:
    """So many requests to one address: half of them right by the description, half of them bent."""
    kinds = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in schemathesis.GenerationMode))
    checks = all_checks()

    @seed(start)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=kinds, data=st.data())
    def run(case: Any, data: Any) -> None:
        for name in case.path_parameters or {}:
            known = objects_of(office).get(name, [])
            if known and data.draw(st.integers(0, 9), label="real?"):
                case.path_parameters[name] = data.draw(st.sampled_from(known), label=name)
        who = data.draw(st.sampled_from(PEOPLE), label="who")
        headers = {"Authorization": f"Bearer {keys[who]}", "Accept-Encoding": "identity"}
        if operation.method.lower() not in SAFE:
            case.headers.pop("Idempotency-Key", None)
        # An identifier or key that was bent has just been replaced by a real one.
        excluded = [] if is_bent(case) else CHECKS.get_by_names(["negative_data_rejection"])
        response = case.call_and_validate(headers=headers, checks=checks, excluded_checks=excluded)
        report.note(operation.label, response.status_code)

    run()


def fuzz(office: Office, examples: int, start: int, still: Callable[[], bool] = lambda: True) -> Report:
    unlimited()
    keys, report = {who: key_of(office.people[who]) for who in PEOPLE}, Report()
    for operation in operations():
        if still():
            ask(operation, office, keys, report, examples=examples, start=start)
    return report
