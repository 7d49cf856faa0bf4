"""The register of rights: every policy says here what it lets somebody do, and of what it is asked.

From it the matrix of `docs/rights.md` is made and tested. A policy either raises a domain error or answers yes or no.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from takar.common.errors import AlreadyDone, NotAllowed

Policy = TypeVar("Policy", bound=Callable[..., Any])


class Over(StrEnum):
    """What a policy is asked about beside the person; the value is the heading that readers see."""

    OFFICE = "Kantor"
    PERSON = "Pegawai"
    PLAN = "SKP"
    STEP = "Langkah SOP"
    CASE = "Berkas penilaian"
    DOCUMENT = "Dokumen"
    REDUCTION = "Penyusutan arsip"
    JOB = "Pekerjaan latar"


@dataclass(frozen=True, slots=True)
class Right:
    """One policy: its key, its act in the words of the office, what it is asked about, and who answers."""

    key: str
    label: str
    over: Over
    policy: Callable[..., Any]

    def allows(self, *asked: object) -> bool:
        """Whether the person who stands first may do it."""
        try:
            return self.policy(*asked) is not False
        except (NotAllowed, AlreadyDone):
            return False


RIGHTS: dict[str, Right] = {}


def right(key: str, label: str, over: Over) -> Callable[[Policy], Policy]:
    """Put a policy into the register."""

    def register(policy: Policy) -> Policy:
        RIGHTS[key] = Right(key, label, over, policy)
        return policy

    return register
