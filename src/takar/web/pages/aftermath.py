"""The section "Sesudah penilaian" of a case: terms, what was done, and what the reader may do now."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from takar.casework import terms
from takar.casework.act_effects import SIGNED_ACTS
from takar.casework.act_policies import can_read_texts, check_can_record, parties
from takar.casework.aftermath import DESK, TOLD, Kind, hindrance, waiting_for
from takar.casework.models import Act, ActFile, Case
from takar.casework.steps import document_of
from takar.common import clock, words
from takar.common.errors import NotAllowed
from takar.documents.enums import SignedAs
from takar.documents.signatures import method_of
from takar.organisation.models import Employee
from takar.web.history import ROLES
from takar.web.signing import Asked, asked


@dataclass(frozen=True, slots=True)
class OpenAct:
    """An act that the reader may do now, with what was typed for it."""

    kind: Kind
    on_paper: bool
    text: str
    on: str
    chosen: bool

    @property
    def text_label(self) -> str:
        """On paper there is always something to say: which paper."""
        return self.kind.text_label or ("Keterangan dan nomor surat" if self.on_paper else "")

    @property
    def dated(self) -> bool:
        return self.on_paper or self.kind.dated

    @property
    def signs(self) -> bool:
        """Whether the act puts a signature to a document."""
        return self.password and self.kind.key in SIGNED_ACTS

    @property
    def suffix(self) -> str:
        return f"-{self.kind.key}"

    @property
    def password(self) -> bool:
        return self.kind.binding and not self.on_paper


@dataclass(frozen=True, slots=True)
class DoneAct:
    what: str
    who: str
    at: dt.datetime
    text: str
    files: list[ActFile]


@dataclass(frozen=True, slots=True)
class Clock:
    who: str
    sentence: str
    passed: bool
    basis: str


@dataclass(frozen=True, slots=True)
class Aftermath:
    shown: bool
    settled: str
    open_words: str
    standings: list[Clock]
    waiting: list[str]
    acts: list[DoneAct]
    open: list[OpenAct]
    asked: Asked | None = None


def aftermath(reader: Employee, case: Case, typed: Mapping[str, str] | None = None) -> Aftermath:
    """What the reader sees of it; a stage that is not reached yet shows nothing."""
    state = terms.state_of(case)
    mine = parties(reader, case)
    opened = list(_open(reader, case, state, typed or {}))
    clocks = [Clock(s.rule.who, s.sentence, s.passed, s.rule.basis) for s in state.standings]
    return Aftermath(
        shown="approved" in state.facts or ("appraise_overdue" in state.facts and "at_assessment" in state.facts),
        settled=_settled(state),
        open_words=state.regime.open_words if case.appraisal.approved_at else "",
        standings=clocks,
        waiting=[told for party in sorted(mine) for told in waiting_for(state.regime, party, state.facts)],
        acts=_done(reader, case),
        open=opened,
        asked=_asked(reader, case, typed) if any(item.signs for item in opened) else None,
    )


def _asked(reader: Employee, case: Case, typed: Mapping[str, str] | None) -> Asked:
    """What the superior is asked for: the document in force says how it is signed."""
    return asked(reader, method_of(document_of(case)), SignedAs.SUPERIOR, typed=dict(typed or {}))


def _settled(state: terms.State) -> str:
    since = state.in_effect_since
    return f"{state.regime.settled_words} {words.date(since)}." if since else ""


def open_act(reader: Employee, case: Case, key: str) -> OpenAct | None:
    """One act, if the reader may do it now."""
    found = _open(reader, case, terms.state_of(case), {})
    return next((item for item in found if item.kind.key == key), None)


def _open(reader: Employee, case: Case, state: terms.State, typed: Mapping[str, str]) -> Any:
    for kind in state.regime.kinds:
        if hindrance(kind, state.facts):
            continue
        try:
            role = check_can_record(reader, case, kind)
        except NotAllowed:
            continue
        if kind.within and f"{kind.within}_overdue" in state.facts and role != DESK:
            continue
        chosen = typed.get("tindakan") == kind.key
        text, on = (typed.get("isi", ""), typed.get("tanggal", "")) if chosen else ("", clock.today().isoformat())
        yield OpenAct(kind, role == DESK, text, on, chosen)


def _done(reader: Employee, case: Case) -> list[DoneAct]:
    readable = can_read_texts(reader, case)
    rows = sorted(terms.acts_of(case), key=lambda act: (act.at, act.pk))
    return [
        DoneAct(
            TOLD[row.kind],
            f"{row.by.full_name} ({_role(row)})",
            row.at,
            row.text if readable else "",
            list(row.files.all()) if readable else [],
        )
        for row in rows
    ]


def _role(act: Act) -> str:
    label = act.data.get("title") or ROLES.get(act.acting_as, act.acting_as)
    return f"{label}, dicatat dari kertas" if act.acting_as == DESK else str(label)
