"""The clock of a step on its page: since when it is in view, whether it runs, and what was done on paper."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer

from takar.casework.models import Case
from takar.casework.working import Timing
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.web.pages.types import Typed

SIGNER = Signer(salt="takar.step-shown")
SHOWN, PAPER_FROM, PAPER_TO = "dilihat", "kertas_dari", "kertas_sampai"
LABELS = {PAPER_FROM: "Dikerjakan dari", PAPER_TO: "Dikerjakan sampai"}


def seal(step_run_id: UUID) -> str:
    """The moment at which the page is shown, so that its form can bring it back: reading writes nothing."""
    return SIGNER.sign(f"{step_run_id}|{clock.now().isoformat()}")


def shown_in(typed: Typed, step_run_id: UUID) -> dt.datetime | None:
    """Since when the person has had this step in view; None for anything that we did not write ourselves."""
    try:
        step, _, moment = SIGNER.unsign(typed.get(SHOWN, "")).partition("|")
    except BadSignature:
        return None
    return dt.datetime.fromisoformat(moment) if step == str(step_run_id) else None


def timing_of(typed: Typed, step_run_id: UUID) -> Timing:
    return Timing(shown_in(typed, step_run_id), _paper(typed))


def clock_context(case: Case, typed: Typed | None) -> dict[str, Any]:
    """What the strip and the form of a step show."""
    step_run = case.open_step
    assert step_run is not None  # noqa: S101 -- only open steps have a page
    now = clock.now()
    sealed = (typed or {}).get(SHOWN, "")
    return {
        "sealed": sealed if shown_in({SHOWN: sealed}, step_run.pk) else seal(step_run.pk),
        "clock": step_run,
        "late": case.due_at is not None and case.due_at < now,
        "at_risk": case.risk_at is not None and case.risk_at <= now,
        "paper_from": (typed or {}).get(PAPER_FROM, ""),
        "paper_to": (typed or {}).get(PAPER_TO, ""),
    }


def _paper(typed: Typed) -> tuple[dt.datetime, dt.datetime] | None:
    texts = {name: typed.get(name, "").strip() for name in (PAPER_FROM, PAPER_TO)}
    if not any(texts.values()):
        return None
    moments = {name: _moment(text) for name, text in texts.items()}
    problems = [
        Problem(LABELS[name], "Isilah tanggal dan jamnya, atau kosongkan keduanya.")
        for name, moment in moments.items()
        if moment is None
    ]
    start, end = moments[PAPER_FROM], moments[PAPER_TO]
    if problems or start is None or end is None:
        raise InvalidInput("Langkah belum diselesaikan karena waktu di atas kertas belum lengkap.", problems)
    return start, end


def finished_on_paper(text: str) -> dt.datetime | None:
    """When something was over on paper, as typed; None where nothing was."""
    if not text.strip():
        return None
    moment = _moment(text.strip())
    if moment is None:
        problem = Problem("Selesai di atas kertas pada", "Isilah tanggal dan jamnya, atau kosongkan.")
        raise InvalidInput("Belum dikerjakan karena waktu di atas kertas belum lengkap.", [problem])
    return moment


def _moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=clock.office_zone())
    except ValueError:
        return None
