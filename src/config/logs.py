"""Lines of the log: for a person at a console, or as JSON for a program that collects them."""

import datetime as dt
import json
import logging

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class JsonLines(logging.Formatter):
    """One JSON object a line: moment (UTC), level, logger, message, what else the line was given, and the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_extra(record),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class Line(logging.Formatter):
    """The same for the eye."""

    def format(self, record: logging.LogRecord) -> str:
        extra = " ".join(f"{name}={value}" for name, value in _extra(record).items())
        return f"{super().format(record)} {extra}".rstrip()


def _extra(record: logging.LogRecord) -> dict[str, object]:
    given = {name: value for name, value in vars(record).items() if name not in STANDARD}
    if number := getattr(given.get("request"), "number", ""):  # Django hands over the request itself
        given["request"] = number
    return {name: value for name, value in given.items() if isinstance(value, str | int | float | bool)}
