"""Django made strict for the tests: what would be silent in production fails here."""

from typing import Any

from django.db.models import QuerySet


class UndefinedVariable(str):
    """Stands in TEMPLATES' string_if_invalid: printing a variable that the view forgot fails the test.

    `{% if x %}` never comes here, so an optional variable is asked for before it is printed.
    """

    __slots__ = ()

    def __contains__(self, text: object) -> bool:
        return text == "%s"

    def __mod__(self, name: Any) -> str:
        raise AssertionError(f"undefined template variable: {name}")


def shuffle_unordered(monkeypatch: Any) -> None:
    """A queryset without an order comes back in random order, so that no test leans on luck."""
    original = QuerySet._fetch_all

    def fetch(self: QuerySet[Any]) -> None:
        plain = not (self.query.is_sliced or self.query.distinct or self.query.group_by or self.query.combinator)
        if self._result_cache is None and plain and not self.ordered and not self.query.select_for_update:
            self.query.add_ordering("?")
        original(self)

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch)
