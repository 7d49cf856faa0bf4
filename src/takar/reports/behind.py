"""The cases behind a figure of a report."""

from collections.abc import Callable, Mapping

from django.db.models import QuerySet

from takar.appraisal.enums import FormState, Stage
from takar.appraisal.models import Difference
from takar.casework.models import Case, Period
from takar.procedures.enums import StepState
from takar.procedures.models import StepRun
from takar.reports.results import BY, with_results

Asked = Mapping[str, str]
MOST_DIGITS = 3


def cases_behind(period: Period, asked: Asked) -> tuple[str, QuerySet[Case]]:
    """What the figure says, and its cases by name; nothing for a figure that no report shows."""
    told, found = BEHIND.get(asked.get("apa", ""), _nothing)(period, asked)
    return told, found.order_by("name", "pk")


def _returned(period: Period, asked: Asked) -> tuple[str, QuerySet[Case]]:
    # Of which period a visit is, the outer condition says: the visits themselves come from an index of their own.
    visits = StepRun.objects.filter(agency=period.agency_id, state=StepState.RETURNED, step=_number(asked, "dari"))
    if "ke" in asked:
        visits = visits.filter(returned_to=_number(asked, "ke"))
    if "alasan" in asked:
        visits = visits.filter(reason=asked["alasan"])
    told = f"Dikembalikan dari langkah {_number(asked, 'dari')}"
    return told, Case.objects.filter(period=period, run__in=visits.values("run"))


def _differing(period: Period, asked: Asked) -> tuple[str, QuerySet[Case]]:
    found = Difference.objects.filter(
        figure=asked.get("angka", ""), form__stage=Stage.ENTERED, form__appraisal__case__period=period
    ).exclude(form__state=FormState.DRAFT)
    told = "Angka yang diinput berbeda dari yang diterima"
    return told, Case.objects.filter(period=period, appraisal__in=found.values("form__appraisal"))


def _beyond(period: Period, asked: Asked) -> tuple[str, QuerySet[Case]]:
    step, minutes = _number(asked, "langkah"), _number(asked, "menit", most=6)
    visits = StepRun.objects.filter(agency=period.agency_id, step=step, worked_minutes__gt=minutes)
    told = f"Langkah {step} dikerjakan lebih lama dari {minutes} menit kerja"
    return told, Case.objects.filter(period=period, run__in=visits.values("run"))


def _result(period: Period, asked: Asked) -> tuple[str, QuerySet[Case]]:
    by = asked.get("menurut", "unit")
    found = with_results(period, by if by in BY else "unit").filter(group=asked.get("kelompok", ""))
    if "hasil" in asked:
        found = found.filter(result=asked["hasil"])
    return asked.get("kelompok", ""), found


def _nothing(_period: Period, _asked: Asked) -> tuple[str, QuerySet[Case]]:
    return "", Case.objects.none()


BEHIND: dict[str, Callable[[Period, Asked], tuple[str, QuerySet[Case]]]] = {
    "kembali": _returned,
    "beda": _differing,
    "lama": _beyond,
    "hasil": _result,
}


def _number(asked: Asked, name: str, most: int = MOST_DIGITS) -> int:
    text = asked.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most else 0
