"""Finding by the words of a document: one index beside the table of words, in the way of each database.

SQLite has FTS5, kept by triggers on the table; PostgreSQL an expression index. Both know whole words by their beginning.
Words are made here, so that both index the same ones: letters and digits, in small letters. A number such as
"B-2025-04" is one word more, without its signs: its parts stand in half of all documents.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.apps.registry import Apps
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
from django.db.models import Q
from django.db.models.expressions import RawSQL

WORD = re.compile(r"[^\W_]+")
LONGEST = 200_000

MAKE = {
    "sqlite": (
        (
            "CREATE VIRTUAL TABLE archive_index USING fts5(body, content='archive_words', content_rowid='id',"
            " tokenize='unicode61 remove_diacritics 0')"
        ),
        (
            "CREATE TRIGGER archive_words_added AFTER INSERT ON archive_words BEGIN"
            " INSERT INTO archive_index(rowid, body) VALUES (NEW.id, NEW.body); END"
        ),
        (
            "CREATE TRIGGER archive_words_removed AFTER DELETE ON archive_words BEGIN"
            " INSERT INTO archive_index(archive_index, rowid, body) VALUES ('delete', OLD.id, OLD.body); END"
        ),
        (
            "CREATE TRIGGER archive_words_changed AFTER UPDATE ON archive_words BEGIN"
            " INSERT INTO archive_index(archive_index, rowid, body) VALUES ('delete', OLD.id, OLD.body);"
            " INSERT INTO archive_index(rowid, body) VALUES (NEW.id, NEW.body); END"
        ),
    ),
    "postgresql": ("CREATE INDEX archive_words_body ON archive_words USING gin (to_tsvector('simple', body))",),
}
DROP = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS archive_words_added",
        "DROP TRIGGER IF EXISTS archive_words_removed",
        "DROP TRIGGER IF EXISTS archive_words_changed",
        "DROP TABLE IF EXISTS archive_index",
    ),
    "postgresql": ("DROP INDEX IF EXISTS archive_words_body",),
}
FIND = {
    "sqlite": "SELECT deposit_id FROM archive_words WHERE id IN"
    " (SELECT rowid FROM archive_index WHERE archive_index MATCH %s)",
    "postgresql": "SELECT deposit_id FROM archive_words WHERE to_tsvector('simple', body) @@ to_tsquery('simple', %s)",
}


def make_index() -> RunPython:
    """The migration's operation."""

    def run(statements: Mapping[str, Sequence[str]]) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
        def operate(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
            for statement in statements[editor.connection.vendor]:
                editor.execute(statement)

        return operate

    return RunPython(run(MAKE), run(DROP))


def words_of(*values: object) -> str:
    """Every different word of these values, whatever they are nested in, in the order of their first appearance."""
    return " ".join(dict.fromkeys(word for text in _texts(values) for word in _words(text.lower())))[:LONGEST]


def containing(term: str) -> Q:
    """Deposits in which every word of the term begins some word, and a number as a whole; none where it has no word."""
    found = [_number(part) or part for part in term.lower().split()]
    words = [word for part in found for word in WORD.findall(part)]
    if not words:
        return Q(pk__in=[])
    return Q(pk__in=RawSQL(FIND[connection.vendor], [QUERIES[connection.vendor](words)]))  # noqa: S611 -- ours


def _words(text: str) -> Iterator[str]:
    yield from WORD.findall(text)
    yield from filter(None, map(_number, text.split()))


def _number(part: str) -> str:
    """What is written in one piece of digits and signs, without the signs; empty where it is a plain word."""
    words = WORD.findall(part)
    return "".join(words) if len(words) > 1 and any(map(str.isdecimal, part)) else ""


QUERIES = {
    "sqlite": lambda words: " AND ".join(f'"{word}"*' for word in words),
    "postgresql": lambda words: " & ".join(f"'{word}':*" for word in words),
}


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            yield from _texts(tuple(value.values()))
        case Iterable():
            for item in value:
                yield from _texts(item)
        case int():
            yield str(value)
