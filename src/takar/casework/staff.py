"""An assessor's own staff in one period: how their predikat are spread, beside the guide curve. Nothing is changed."""

from collections import Counter
from dataclasses import dataclass

from takar.appraisal.achievements import figures_for
from takar.appraisal.models import Appraisal
from takar.appraisal.regimes.permenpan6 import PREDICATES
from takar.casework.models import Case
from takar.rules.numbers import format_decimal
from takar.rules.scoring.permenpan6_2022.distribution import Drift, compare


@dataclass(frozen=True, slots=True)
class Share:
    """One predikat: how many of the staff have it, in percent too, and whether the guide has most of them here."""

    label: str
    count: int
    percent: str
    is_peak: bool


@dataclass(frozen=True, slots=True)
class Spread:
    shares: tuple[Share, ...]
    drifts: tuple[Drift, ...]
    total: int


def spread_of(case: Case) -> Spread | None:
    """The staff whom the case's assessor has decided on, this case left out; None without an achievement to go by."""
    figures = figures_for(case.appraisal)
    level = figures.present or figures.previous
    if level is None:
        return None
    decided = Appraisal.objects.filter(
        case__period=case.period_id, case__assessor=case.assessor_id, approved_at__isnull=False
    ).exclude(pk=case.pk)
    counts = Counter(decided.order_by("pk").values_list("category", flat=True))
    found = compare(level.level, counts)
    shares = tuple(
        Share(label, counts[key], format_decimal(found.shares[key], 0), key == found.peak)
        for key, label in PREDICATES.items()
    )
    return Spread(shares, found.drifts, sum(counts.values()))
