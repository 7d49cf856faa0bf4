"""What a test of pages needs beside the office: acts that are undone, a page's words, and what stands in the tables."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse

PDF = b"%PDF-1.7\n%%EOF\n"
# What a request may write without having done anything: its own session.
OWN = {"sessions.Session", "usersessions.UserSession"}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back, so that the next request meets the same office."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def words(response: Any) -> str:
    """What a person reads on the page: no tags, one space between words."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(text)).strip()


def problems(response: Any) -> str:
    """The words of the page's box of problems."""
    found = re.search(r'id="masalah"[^>]*>(.*?)\n</div>', response.content.decode(), re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", found[1]))).strip() if found else ""


def field(response: Any, name: str) -> str:
    """What stands in an input or text area of the page."""
    text = response.content.decode()
    tag = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', text)
    if tag:
        value = re.search(r'value="([^"]*)"', tag[0])
        return unescape(value[1]) if value else ""
    area = re.search(rf'<textarea[^>]*name="{re.escape(name)}"[^>]*>(.*?)</textarea>', text, re.DOTALL)
    assert area, f"the page has no field {name}"
    return unescape(area[1]).removeprefix("\n")


def rows() -> dict[str, int]:
    """How many rows each table of the program has."""
    models = [model for model in apps.get_models() if model._meta.label not in OWN]
    return {model._meta.label: model._default_manager.count() for model in models}


def contents(*labels: str) -> list[tuple[Any, ...]]:
    """All values of all rows of these tables, to see that nothing was changed in place."""
    return [row for label in labels for row in apps.get_model(label)._default_manager.order_by("pk").values_list()]


def file(name: str, content: bytes, media_type: str = "application/octet-stream") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, media_type)


def location(response: HttpResponse) -> str:
    return response.headers.get("Location", "")
