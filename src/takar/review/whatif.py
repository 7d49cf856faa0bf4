"""Questions to the simulation in the office's words: a planned or a past period, with something changed."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from takar.casework.models import Case, Period
from takar.casework.periods import pairs_to_appraise
from takar.common import clock, words
from takar.common.errors import InvalidInput, Problem
from takar.jobs.actions import enqueue
from takar.jobs.models import Job
from takar.jobs.work import Work
from takar.organisation.enums import Role
from takar.organisation.hours import hours_of
from takar.organisation.models import Agency, Employee
from takar.organisation.queries import holder_counts
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.models import ProcedureVersion
from takar.procedures.queries import sop_of, version_in_force
from takar.review.policies import check_can_oversee
from takar.review.simulation import FULL, Absence, Days, Load, Outcome, Scenario, StepTime, simulate
from takar.rules.flow import ActorKind, Step
from takar.rules.worktime import OfficeHours

POOLS = (Role.STAF, Role.KASUBBAG, Role.SEKRETARIS, Role.KEPALA)
MOST_RUNS, MOST_VISITS, FEWEST_RUNS = 60, 20_000, 5
AT_ONCE = 300
MOST_LETTERS = 300
MOST_PEOPLE, MOST_DAYS, MOST_MINUTES = 50, 90, 9999


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody wants to know; what is left out stays as it is."""

    start: dt.date
    deadline: dt.date
    period: Period | None = None
    extra: Mapping[str, int] = field(default_factory=dict)
    away: str = ""
    away_from: dt.date | None = None
    away_days: int = 0
    minutes: Mapping[int, int] = field(default_factory=dict)
    share: int = FULL
    spread: int = 30
    returns: int = 10
    delay_hours: int = 8
    seed: int = 1

    @property
    def unchanged(self) -> "Question":
        """The same without what is to be tried."""
        return replace(self, extra={}, away="", away_days=0, minutes={})

    @property
    def changes_something(self) -> bool:
        return self.unchanged != self


@dataclass(frozen=True, slots=True)
class StepAnswer:
    number: int
    description: str
    minutes: int
    longest_queue: int
    mean_wait: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome as dates and sentences."""

    cases: int
    runs: int
    people: Mapping[str, int]
    middle: dt.date
    early: dt.date
    late: dt.date
    in_time: int
    sentence: str
    steps: tuple[StepAnswer, ...]
    finished: tuple[tuple[dt.date, int], ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the office brings to any question about the same cases: read once, for the answer and the one beside it."""

    version: ProcedureVersion
    hours: OfficeHours
    loads: tuple[Load, ...]
    holders: Mapping[str, int]

    @property
    def many(self) -> bool:
        """Whether there are more cases than can be played while somebody waits for a page."""
        return len(self.loads) > AT_ONCE


def ground_of(agency: Agency, question: Question, most: int | None = None) -> Ground:
    """With `most` no more cases than one above it are read: enough to see that they are too many."""
    _check(question)
    version = _version(agency, question)
    loads = _past(question.period, most) if question.period else _planned(agency, most)
    if not loads:
        raise InvalidInput("Belum dihitung karena tidak ada berkas; impor daftar pegawai dengan atasannya dahulu.")
    return Ground(version, hours_of(agency), loads, holder_counts(agency.pk, clock.today()))


def ask(*, reader: Employee, agency: Agency, question: Question, ground: Ground | None = None) -> Answer:
    """Play the question for the reader's office."""
    check_can_oversee(reader, agency)
    _check(question)
    ground = ground or ground_of(agency, question)
    days = Days(question.start, ground.hours)
    scenario = _scenario(ground, question, days)
    return _answer(question, ground.version, scenario, simulate(scenario), days)


def _check(question: Question) -> None:
    limits = (
        ("Batas selesai", question.deadline < question.start, "Tidak boleh mendahului hari mulai."),
        ("Bagian hari", not 5 <= question.share <= FULL, "Isi 5 sampai 100 persen."),  # noqa: PLR2004
        ("Ragam", not 0 <= question.spread <= FULL, "Isi 0 sampai 100 persen."),
        ("Dikembalikan", not 0 <= question.returns <= 50, "Isi 0 sampai 50 persen."),  # noqa: PLR2004
        ("Tambahan orang", any(abs(n) > MOST_PEOPLE for n in question.extra.values()), f"Paling banyak {MOST_PEOPLE}."),
        ("Lama berhalangan", not 0 <= question.away_days <= MOST_DAYS, f"Isi 0 sampai {MOST_DAYS} hari."),
        ("Waktu tunggu", not 0 <= question.delay_hours <= 400, "Isi 0 sampai 400 jam kerja."),  # noqa: PLR2004
        (
            "Waktu langkah",
            any(not 1 <= minutes <= MOST_MINUTES for minutes in question.minutes.values()),
            f"Isi 1 sampai {MOST_MINUTES} menit.",
        ),
    )
    if problems := [Problem(where, message) for where, wrong, message in limits if wrong]:
        raise InvalidInput("Belum dihitung karena isiannya belum benar.", problems)


def _scenario(ground: Ground, question: Question, days: Days) -> Scenario:
    people = {role.value: max(ground.holders.get(role, 0) + question.extra.get(role.value, 0), 1) for role in POOLS}
    flow = sop_of(ground.version).flow
    steps = tuple(step_time(step, question, office=flow.owner(step).kind is ActorKind.OFFICE) for step in flow.steps)
    runs = max(min(MOST_RUNS, MOST_VISITS // (len(ground.loads) * len(steps))), FEWEST_RUNS)
    return Scenario(
        steps,
        ground.loads,
        people,
        _absences(question, days),
        question.share,
        question.spread,
        question.seed,
        runs if question.spread or question.returns else 1,
    )


def _version(agency: Agency, question: Question) -> ProcedureVersion:
    found = question.period.version if question.period else version_in_force(agency, SHIPPED_KEY, question.start)
    if found is None:
        raise InvalidInput("Belum dihitung karena belum ada SOP yang berlaku pada hari mulai.")
    return found


def _planned(agency: Agency, most: int | None = None) -> tuple[Load, ...]:
    """Everybody who would be appraised if the period were opened now; all cases arrive together."""
    return tuple(
        Load(persons={"atasan_langsung": str(superior), "pegawai": str(employee)})
        for employee, superior in pairs_to_appraise(agency, clock.today())[: most and most + 1]
    )


def _past(period: Period, most: int | None = None) -> tuple[Load, ...]:
    cases = Case.objects.filter(period=period).order_by("code").values_list("assessor_id", "employee_id")
    return tuple(
        Load(persons={"atasan_langsung": str(assessor), "pegawai": str(employee)})
        for assessor, employee in cases[: most and most + 1]
    )


def step_time(step: Step, question: Question, *, office: bool) -> StepTime:
    """A step of a relation lies for a while before somebody with other work to do turns to it."""
    return StepTime(
        number=step.number,
        minutes=question.minutes.get(step.number, step.standard_minutes),
        pool=step.actor if office else "",
        relation="" if office else step.actor,
        delay=0 if office else question.delay_hours * 60,
        returns=question.returns if step.returns_to else 0,
        back_to=step.returns_to[-1] if step.returns_to else 0,
    )


def _absences(question: Question, days: Days) -> tuple[Absence, ...]:
    if not question.away or not question.away_days:
        return ()
    first = max(question.away_from or question.start, question.start)
    last = first + dt.timedelta(days=question.away_days - 1)
    return (Absence(question.away, days.minutes_before(first), days.minutes_through(last)),)


def _answer(question: Question, version: ProcedureVersion, scenario: Scenario, outcome: Outcome, days: Days) -> Answer:
    middle, early, late = (days.date_of(outcome.percentile(percent)) for percent in (50, 10, 90))
    in_time = int(100 * outcome.within(days.minutes_through(question.deadline)))
    flow = sop_of(version).flow
    finished = Counter(days.date_of(end) for end in outcome.finishes)
    return Answer(
        cases=len(scenario.loads),
        runs=scenario.runs,
        people={str(Role(role).label): count for role, count in scenario.pools.items()},
        middle=middle,
        early=early,
        late=late,
        in_time=in_time,
        sentence=_sentence(question, len(scenario.loads), middle, late, in_time),
        steps=tuple(
            StepAnswer(
                found.number,
                flow.step(found.number).description,
                time.minutes,
                found.longest_queue,
                words.minutes(found.mean_wait),
            )
            for found, time in zip(outcome.steps, scenario.steps, strict=True)
        ),
        finished=tuple(sorted(finished.items())),
    )


def _sentence(question: Question, cases: int, middle: dt.date, late: dt.date, in_time: int) -> str:
    end = (
        f"{cases} berkas yang mulai {words.date(question.start)} selesai seluruhnya sekitar {words.date(middle)}, dan pada "
        f"sembilan dari sepuluh percobaan paling lambat {words.date(late)}."
    )
    deadline = words.date(question.deadline)
    if in_time == FULL:
        return f"Cukup waktu: {end} Batas {deadline} terpenuhi pada semua percobaan."
    if in_time == 0:
        return f"Tidak cukup waktu: {end} Batas {deadline} tidak terpenuhi pada satu pun percobaan."
    return f"Belum pasti: {end} Batas {deadline} terpenuhi pada {in_time} dari 100 percobaan."


def ask_later(*, actor: Employee, agency: Agency, question: Question) -> Job:
    """Have a question on many cases answered in the background; the answer is the job's sentence and its file."""
    check_can_oversee(actor, agency)
    _check(question)
    return enqueue(actor=actor, kind="review.what_if", params=to_params(question))


def run(work: Work) -> None:
    """Answer in the background."""
    agency = work.actor.agency
    question = from_params(work.params, agency)
    answer = ask(reader=work.actor, agency=agency, question=question)
    lines = [f"{day.isoformat()};{count}" for day, count in answer.finished]
    content = "\r\n".join(["tanggal;berkas selesai", *lines, ""])
    work.message = answer.sentence[:MOST_LETTERS]
    work.keep(content.encode(), name="bagaimana-jika.csv", media_type="text/csv")


def to_params(question: Question) -> dict[str, Any]:
    """The question as JSON can hold it."""
    given = {item.name: getattr(question, item.name) for item in fields(question)}
    return {
        **given,
        "start": question.start.isoformat(),
        "deadline": question.deadline.isoformat(),
        "away_from": question.away_from.isoformat() if question.away_from else None,
        "period": str(question.period.pk) if question.period else None,
        "extra": dict(question.extra),
        "minutes": {str(step): minutes for step, minutes in question.minutes.items()},
    }


def from_params(params: Mapping[str, Any], agency: Agency) -> Question:
    """The question again, for the agency that asked it."""
    day = dt.date.fromisoformat
    periods = Period.objects.select_related("version", "agency").filter(agency=agency)
    return Question(
        **{
            **params,
            "start": day(params["start"]),
            "deadline": day(params["deadline"]),
            "away_from": day(params["away_from"]) if params["away_from"] else None,
            "period": periods.get(pk=params["period"]) if params["period"] else None,
            "minutes": {int(step): minutes for step, minutes in params["minutes"].items()},
        }
    )
