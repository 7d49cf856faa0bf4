"""The columns that keep figures exactly, on SQLite and on PostgreSQL alike."""

from typing import Any

from django.db import models


class FigureField(models.DecimalField):  # type: ignore[type-arg]
    """A quantity or a time: 15 digits in all, which SQLite gives back exactly."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 15, "decimal_places": 4, **kwargs})


class MoneyField(models.DecimalField):  # type: ignore[type-arg]
    """Rupiah with two decimals, 15 digits in all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 15, "decimal_places": 2, **kwargs})
