"""Many rows in one value of a query, on either database."""

from typing import Any

from django.db.models import Aggregate, JSONField
from django.db.models.sql.compiler import SQLCompiler


class JsonList(Aggregate):
    """The column's values of a group as a list, in no order."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **extra)
