"""Checks that any table may need: what must not stand in two rows."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from takar.exchange.tables import Check, Finding, Row


def unique(key: str, message: str) -> Check:
    """A check that no two rows share the value; `message` may name `{value}` and the `{others}`' row numbers."""
    return unique_together((key,), key, message)


def unique_together(keys: tuple[str, ...], at: str, message: str) -> Check:
    """The same over several columns; the finding is put at one of them."""

    def check(rows: Sequence[Row]) -> Iterator[Finding]:
        groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for row in rows:
            if all(row.values.get(key) not in (None, "") for key in keys):
                groups[tuple(row.values[key] for key in keys)].append(row.number)
        for values, numbers in groups.items():
            for number in numbers if len(numbers) > 1 else ():
                others = ", ".join(str(other) for other in numbers if other != number)
                yield Finding(number, at, message.format(value=values[0], others=others))

    return check
