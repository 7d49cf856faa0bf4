"""Words and figures in templates, available everywhere without a load."""

import datetime as dt
import json
from decimal import Decimal

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from takar.casework.models import Case
from takar.common import clock, words
from takar.organisation.enums import Role
from takar.web.repeats import new_key

register = template.Library()


class FormToken(CsrfTokenNode):
    """Django's token and, beside it, the key by which this copy of the form is known when it arrives twice."""

    def render(self, context: Context) -> SafeString:
        person = getattr(context.get("request"), "employee", None)
        key = format_html('<input type="hidden" name="kiriman" value="{}">', new_key(person))
        return mark_safe(super().render(context)) + key  # noqa: S308 -- Django's own field


@register.tag
def csrf_token(_parser: object, _token: object) -> FormToken:
    """In place of Django's own, so that no form can be without a key."""
    return FormToken()


@register.filter
def tanggal(value: dt.date) -> str:
    return words.date(value)


@register.filter
def saat(value: dt.datetime | None) -> str:
    return words.moment(value) if value else ""


@register.filter
def saat_iso(value: str) -> str:
    """A moment that was kept as text."""
    return words.moment(dt.datetime.fromisoformat(value))


@register.filter
def angka(value: Decimal | None) -> str:
    return words.figure(value)


@register.filter
def tertulis(value: Decimal | str | None) -> str:
    """What was written, words or a figure; "kosong" where nothing was."""
    return (value if isinstance(value, str) else words.figure(value)) or "kosong"


@register.filter
def angka2(value: Decimal | None) -> str:
    return words.figure(value, 2)


@register.filter
def nip(value: str | None) -> str:
    return words.nip(value)


@register.filter
def menit(value: int) -> str:
    return words.minutes(value)


@register.filter
def lama(value: dt.datetime) -> str:
    """How long ago, in the largest unit that says something: "3 hari", "5 jam", "baru saja"."""
    seconds = int((clock.now() - value).total_seconds())
    for size, unit in ((86_400, "hari"), (3_600, "jam"), (60, "menit")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return "baru saja"


@register.filter
def keadaan_waktu(case: Case) -> SafeString:
    """Beside how long it waits: late or nearly so, in words and colour, and when it is or was due."""
    now = clock.now()
    if not case.step or case.due_at is None:
        return SafeString("")
    due = words.moment(case.due_at)
    if case.due_at < now:
        return format_html(' <span class="badge text-bg-danger" title="Jatuh tempo {}">terlambat</span>', due)
    if case.risk_at is not None and case.risk_at <= now:
        return format_html(' <span class="badge text-bg-warning" title="Jatuh tempo {}">hampir</span>', due)
    return SafeString("")


@register.filter
def pelaksana(actor: str) -> str:
    """The office's name for an actor of the SOP."""
    return str(Role(actor).label) if actor in Role.values else actor.replace("_", " ")


@register.filter
def as_json(value: object) -> str:
    """Data for a script of ours to read, escaped like any other text."""
    return json.dumps(value)


@register.simple_tag
def with_page(request: HttpRequest, number: int) -> str:
    """The present address with another page number, filters kept."""
    query = request.GET.copy()
    query["halaman"] = str(number)
    return f"?{query.urlencode()}"
