"""A query that is turned into SQL once in a process: for those that stand before every page and in every act.

Building SQL costs several times what the database takes to answer them. Everything else asks as usual.
"""

from collections.abc import Callable
from copy import copy
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")


class Slot(Expression):
    """A value that each call gives."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:  # noqa: ARG002 -- Django's form
        return "%s", (self,)

    def prepared(self, values: dict[str, Any], connection: Any) -> object:
        """The value of this call, as the database's driver takes it."""
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Prepared(Generic[Row]):
    """Calls of `build`'s query with other values for its slots; the rows are as the query itself would give them.

    Always from the database itself, never from a replica.
    """

    def __init__(self, build: "Callable[[], QuerySet[Any, Row]]") -> None:
        self._build = build
        self._kept: dict[str, _Compiled] = {}

    def __call__(self, **values: object) -> list[Row]:
        connection: Any = connections[DEFAULT_DB_ALIAS]
        if connection.vendor not in self._kept:
            self._kept[connection.vendor] = self._compiled(connection)
        queryset, compiler, sql, params, converters, composite = self._kept[connection.vendor]
        bound = tuple(p.prepared(values, connection) if isinstance(p, Slot) else p for p in params)
        run: Any = copy(compiler)
        run.connection, run.as_sql = connection, lambda *_, **__: (sql, bound)
        run.get_converters, run.has_composite_fields = lambda _: converters, lambda _: composite
        query: Any = copy(queryset.query)
        query.get_compiler = lambda *_, **__: run
        once: Any = QuerySet(queryset.model, query)
        shape: Any = queryset  # what iterating a queryset looks at: its kind of row, and the fields of a tuple
        once._fields = shape._fields
        return list(shape._iterable_class(once))  # noqa: SLF001

    def _compiled(self, connection: Any) -> "_Compiled":
        queryset = self._build()
        compiler: Any = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        read = [column for column, *_ in compiler.select[: compiler.col_count]]
        return _Compiled(
            queryset, compiler, sql, tuple(params), compiler.get_converters(read), compiler.has_composite_fields(read)
        )


class _Compiled(NamedTuple):
    """What of a query is the same for every call."""

    queryset: Any
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    converters: Any
    composite: bool
