"""What must be so when the load is over: nothing that was acknowledged is missing, and nothing is there by half."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from tests.kills.browser import BUSY, DONE, FAILED, LOST, REFUSED, Act, Ledger
from tests.races.truth import assert_whole

from takar.appraisal.queries import irreproducible_results
from takar.audit.models import Event
from takar.casework.models import Case
from takar.jobs.enums import JobState
from takar.jobs.models import Job
from takar.procedures.enums import StepState
from takar.procedures.models import StepRun
from takar.repeats.models import UsedKey

FIRST_STEP = 1
MOVES = ("step.completed", "step.returned")


def problems(ledger: Ledger) -> list[str]:
    """Everything that does not hold, in words; empty when all does."""
    assert_whole()
    results = [f"{appraisal}: {difference}" for appraisal, difference in irreproducible_results()]
    return [*ledger.errors, *disagreements(ledger), *results]


def disagreements(ledger: Ledger) -> list[str]:
    """Between what people were told, the audit trail, and the rows."""
    return [*_acts(ledger), *_cases(), *_jobs(ledger)]


def _acts(ledger: Ledger) -> Iterator[str]:
    """Each act against the audit trail, which repeats the number of the request that did it."""
    events: dict[str, list[str]] = defaultdict(list)
    for number, verb in Event.objects.exclude(request_id="").order_by("pk").values_list("request_id", "verb"):
        events[number].append(verb)
    keys = set(UsedKey.objects.order_by("pk").values_list("key", flat=True))
    for act in ledger.acts:
        did = [attempt for attempt in act.attempts if act.verb in events[attempt.number]]
        act.done_unseen = any(attempt.outcome == LOST for attempt in did)
        wrong = {
            f"dikerjakan {len(did)} kali": len(did) > 1,
            "diakui tetapi tidak ada": act.outcome == DONE and not did and not _needs_no_event(act),
            "kesalahan program": act.outcome == FAILED,
            "dikerjakan tanpa kuncinya": bool(did) and act.key not in keys,
            "ditolak tetapi dikerjakan": any(attempt.outcome in {BUSY, REFUSED} for attempt in did),
        }
        named = f"{act.kind} ({act.key}, {[(a.number, a.outcome, a.status) for a in act.attempts]})"
        yield from (f"{what}: {named}" for what, so in wrong.items() if so)


def _needs_no_event(act: Act) -> bool:
    """A print that is already being made is nothing new; of many at once, others may have done every one."""
    return not act.subject


def _cases() -> Iterator[str]:
    """The state of each case is what its events say, one after the other, and so are its steps, figures and files."""
    events: dict[str, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(stream__startswith="case:").order_by("stream", "seq"):
        events[event.stream].append(event)
    closed = Counter(StepRun.objects.exclude(state=StepState.OPEN).order_by("pk").values_list("run_id", flat=True))
    for case in Case.objects.select_related("appraisal").order_by("pk"):
        told = events[case.stream]
        moves = [(event.before["step"], event.after["step"]) for event in told if event.verb in MOVES]
        verbs = Counter(event.verb for event in told)
        wrong = {
            "langkahnya tidak menurut peristiwanya": not _follow(moves, case.step),
            "langkah tertutup dan peristiwanya berbeda": closed[case.run_id] != len(moves),
            "hasil tanpa persetujuan": (case.appraisal.approved_at is None) != (case.appraisal.result is None),
            "bukti dan peristiwanya berbeda": case.appraisal.evidence.count() != verbs["evidence.added"],
            "isian tidak menurut peristiwa terakhirnya": not _holds(case, told),
        }
        yield from (f"{case}: {what} ({moves})" for what, so in wrong.items() if so)


def _follow(moves: list[tuple[int, int]], now: int) -> bool:
    """Whether each move begins where the one before it ended, and the last one ends here."""
    starts, ends = [start for start, _ in moves], [end for _, end in moves]
    return [*starts, now] == [FIRST_STEP, *ends]


def _holds(case: Case, events: list[Event]) -> bool:
    """The last figures that were saved stand in a version of the form."""
    saved = [event.after for event in events if event.verb == "form.terkumpul.saved"]
    figures = [change["baris 1 quantity"] for change in saved if "baris 1 quantity" in change]
    lines = [line for form in case.appraisal.forms.all() for line in form.lines.all() if line.number == 1]
    return not figures or Decimal(figures[-1]) in {line.quantity for line in lines}


def _jobs(ledger: Ledger) -> Iterator[str]:
    """Each wish for background work has been done, every item of it once; none was given up, of the schedule's neither."""
    cases = {str(pk) for pk in Case.objects.order_by("pk").values_list("pk", flat=True)}
    wanted = {attempt.place for act in ledger.acts if act.verb == "job.asked" for attempt in act.attempts}
    there = {f"/pekerjaan/{pk}/" for pk in Job.objects.order_by("pk").values_list("pk", flat=True)}
    yield from (f"pekerjaan hilang: {place}" for place in wanted - there - {""})
    asked = Counter(Event.objects.filter(verb="job.asked").order_by("pk").values_list("stream", flat=True))
    of_people = Job.objects.exclude(actor=None).order_by("pk")
    if asked != Counter(f"job:{pk}" for pk in of_people.values_list("pk", flat=True)):
        yield f"pekerjaan dan permintaannya berbeda: {asked}"
    for job in Job.objects.filter(actor=None, state=JobState.FAILED).order_by("pk"):
        yield f"pekerjaan jadwal {job.kind} gagal: {job.message}"
    for job in of_people.prefetch_related("lines"):
        keys = [line.key for line in job.lines.all()]
        if job.state != JobState.DONE:
            yield f"pekerjaan {job.pk} {job.state} sesudah {job.attempts} percobaan: {job.message}"
        elif sorted(keys) != sorted(cases) or job.done != len(cases) or job.file is None:
            yield f"pekerjaan {job.pk}: {len(keys)} butir, {len(set(keys))} berlainan, {job.done} dari {len(cases)}"
        else:
            ledger.jobs += 1
