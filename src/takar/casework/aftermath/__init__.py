"""What may follow an approved result, as tables: each act, whose it is, what must have happened before, what it starts.

Facts are words: what an act makes ("delivered", "objected"), what the case itself shows ("approved", "returned"), and
"<clock>_overdue" from the day after a legal term has passed (rules/deadlines.py). A regulation is one entry in REGIMES;
its terms, articles and consequences stand in deadlines.toml. Pure data: nothing here reads or writes.
"""

from collections.abc import Mapping

from takar.casework.aftermath.permenpan6 import PERMENPAN6
from takar.casework.aftermath.pp46 import PP46
from takar.casework.aftermath.sentences import BARRED, MISSING, TOLD
from takar.casework.aftermath.types import ASSESSOR, DESK, PARTIES, SUBJECT, SUPERIOR, Kind, Regime, Waiting

__all__ = [
    "ASSESSOR",
    "DESK",
    "PARTIES",
    "PERMENPAN6",
    "PP46",
    "REGIMES",
    "SUBJECT",
    "SUPERIOR",
    "TOLD",
    "Kind",
    "Regime",
    "Waiting",
    "hindrance",
    "regime_of",
    "waiting_for",
]

REGIMES: Mapping[str, Regime] = {"pp46-2011": PP46, "permenpan6-2022": PERMENPAN6}
NO_REGIME = Regime((), {}, ())


def regime_of(method: str) -> Regime:
    """The acts of a method's regulation; a regulation that is not in the tables yet has none."""
    return REGIMES.get(method, NO_REGIME)


def hindrance(kind: Kind, facts: Mapping[str, object]) -> str:
    """Why the act cannot be done where these facts hold; empty when it can. Terms are looked at elsewhere."""
    for fact in kind.not_after:
        if fact in facts:
            return BARRED[fact]
    for group in kind.after:
        if not any(fact in facts for fact in group):
            return MISSING[group[0]]
    return ""


def waiting_for(regime: Regime, party: str, facts: Mapping[str, object]) -> list[str]:
    """What the party should do now, without a legal term of its own."""
    return [
        item.words
        for item in regime.waiting
        if item.party == party
        and all(fact in facts for fact in item.after)
        and not any(fact in facts for fact in item.not_after)
    ]
