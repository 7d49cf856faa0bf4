"""What the examination of the stored files can find."""

from dataclasses import dataclass
from enum import StrEnum

from takar.common.errors import Problem


class Kind(StrEnum):
    """What kind of thing does not hold; UNKNOWN is worth a look and harms nothing."""

    MISSING = "missing"
    SIZE = "size"
    ALTERED = "altered"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Problem):
    """One stored file that is not as it was stored, or that nobody knows."""

    kind: Kind
