"""What differs between the regulations under which this program can assess: one module each, found by method."""

from takar.appraisal.enums import Regulation
from takar.appraisal.models import Appraisal
from takar.appraisal.regimes.permenpan6 import PERMENPAN6
from takar.appraisal.regimes.pp46 import PP46
from takar.appraisal.regimes.types import Item, Regime

__all__ = ["REGIMES", "Item", "Regime", "items_of", "regime_of"]

REGIMES: dict[str, Regime] = {Regulation.PP46.value: PP46, Regulation.PERMENPAN6.value: PERMENPAN6}


def regime_of(appraisal: Appraisal) -> Regime:
    return REGIMES[appraisal.method]


def items_of(appraisal: Appraisal) -> list[Item]:
    """The items of the appraisal's plans, read once for this instance."""
    return regime_of(appraisal).items_of(appraisal)
