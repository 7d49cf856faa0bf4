"""Figures as the rules and the stored drafts write them: text, so that nothing is ever a float."""

from decimal import Decimal

from takar.common import words


def text(value: Decimal | None) -> str | None:
    """The figure in the notation that the rules read: a decimal comma, all digits."""
    return None if value is None else words.figure(value)


def value_of(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)


def stored(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
