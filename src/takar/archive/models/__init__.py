"""The archive: where documents lie, how long they stay, and what was done with them."""

from takar.archive.models.deposits import Deposit, Loan, Package, Words
from takar.archive.models.places import Box, BoxMove, Shelf, StockCheck, StockLine
from takar.archive.models.reductions import Reduction, ReductionAct, ReductionItem
from takar.archive.models.retention import Classification, EndOfService, Hold, RetentionRule

__all__ = [
    "Box",
    "BoxMove",
    "Classification",
    "Deposit",
    "EndOfService",
    "Hold",
    "Loan",
    "Package",
    "Reduction",
    "ReductionAct",
    "ReductionItem",
    "RetentionRule",
    "Shelf",
    "StockCheck",
    "StockLine",
    "Words",
]
