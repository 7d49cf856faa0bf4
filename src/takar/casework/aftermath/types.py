"""What an act, something that waits, and a regulation's table of both are made of."""

from collections.abc import Mapping
from dataclasses import dataclass

SUBJECT, ASSESSOR, SUPERIOR, DESK = "pegawai", "atasan_langsung", "atasan_penilai", "kasubbag"
PARTIES: Mapping[str, str] = {
    SUBJECT: "pegawai yang dinilai",
    ASSESSOR: "pejabat penilai",
    SUPERIOR: "atasan pejabat penilai",
    DESK: "Kasubbag Umum dan Kepegawaian",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One act: whose it is, and when it may be done.

    `after` lists groups of facts; of every group at least one must hold. `within` is the clock that must not have
    passed on the day of the act. `paper` lets the Kasubbag enter what was done on paper, with its true date; `dated`
    lets the party itself name an earlier day. `recommends`: what is decided needs a recommendation of its own.
    """

    key: str
    label: str
    party: str
    makes: str
    basis: str
    after: tuple[tuple[str, ...], ...] = ()
    not_after: tuple[str, ...] = ()
    within: str = ""
    text_label: str = ""
    text_required: bool = False
    paper: bool = True
    dated: bool = False
    files: bool = False
    binding: bool = False
    changes_result: bool = False
    recommends: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a party when these facts hold and those do not, in words."""

    party: str
    after: tuple[str, ...]
    not_after: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Regime:
    """A regulation: its acts, which facts stop which clock, and what waits for whom.

    The keys "take_over", "receive", "object", "set", "confirm", "change" and "ratify" and the facts that they make mean
    the same in every regulation; the effects and the case go by them.

    `delivery` are the facts by which the employee counts as having received the result, the first that holds;
    `settled` those by which the matter is at its end, told in `settled_words`, before that in `open_words`.
    `evaluation_by` is the clock whose last day ends the time for evaluating. `superior_is_final`: what the superior
    evaluates in the assessor's place, or a kepala daerah evaluates himself, allows no objection.
    """

    kinds: tuple[Kind, ...]
    stops: Mapping[str, tuple[str, ...]]
    waiting: tuple[Waiting, ...]
    delivery: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    settled_words: str = ""
    open_words: str = ""
    evaluation_by: str = ""
    superior_is_final: bool = False

    def kind(self, key: str) -> Kind | None:
        """The act of this key, if the regulation knows it."""
        return next((kind for kind in self.kinds if kind.key == key), None)
