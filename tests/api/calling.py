"""A system that calls the API with somebody's key."""

import json
from typing import Any
from uuid import UUID

from django.test import Client
from tests.office import PASSWORD, Office

from takar.accounts.models import TokenScope
from takar.organisation.models import Employee
from takar.organisation.tokens import create_token

KEYS: dict[tuple[UUID, str], str] = {}


def key_of(person: Employee, scope: str = TokenScope.ACT) -> str:
    _, secret = create_token(actor=person, name="uji", scope=scope, days=365, password=PASSWORD)
    return secret


class Caller:
    """Calls as one person of the office; answers with status and JSON."""

    def __init__(self, office: Office, who: str = "", scope: str = TokenScope.ACT) -> None:
        self.client = Client()
        self.key = key_of(office.people[who], scope) if who else ""

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        answer = self.raw(method, path, body, **headers)
        return answer.status_code, json.loads(answer.content) if "json" in answer["Content-Type"] else answer.content

    def raw(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        if self.key:
            headers = {"Authorization": f"Bearer {self.key}", **headers}
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = {"content_type": "application/json"} if content else {}
        return self.client.generic(method, f"/api/v1/{path}", content, headers=headers, **kind)

    def get(self, path: str, **query: str) -> Any:
        words = "&".join(f"{name}={value}" for name, value in query.items())
        status, answer = self("GET", f"{path}?{words}" if words else path)
        assert status == 200, answer
        return answer


def assessment_json(aspects: list[str]) -> dict[str, Any]:
    return {
        "quality": {"1": 90, "2": "85,5"},
        "behaviour": dict.fromkeys(aspects, 88),
        "recommendation": "Dipertahankan.",
    }
