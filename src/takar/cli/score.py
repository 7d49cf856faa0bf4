"""`takar score`: compute one appraisal from a JSON file, without any database, and print the result with its working."""

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

from takar.cli import json_input
from takar.rules.scoring.method import Method
from takar.rules.scoring.reading import Reader
from takar.rules.scoring.registry import UnknownMethodError, all_methods, method_by_id, method_for
from takar.rules.scoring.types import InputError, Problem, Result

DONE, WRONG_INPUT = 0, 2


def run(argv: list[str]) -> int:
    """Carry out `takar score`; answers 2 for wrong input, with every problem by field and reason on stderr."""
    options = _parser().parse_args(argv)
    try:
        print(_answer(options))
    except InputError as error:
        for path, message in error.problems:
            print(f"{path}: {message}" if path else message, file=sys.stderr)
        return WRONG_INPUT
    except (UnknownMethodError, OSError, UnicodeDecodeError) as error:
        print(json_input.reason(error), file=sys.stderr)
        return WRONG_INPUT
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="takar score", description="Hitung satu penilaian dari berkas JSON.")
    parser.add_argument("file", nargs="?", metavar="BERKAS", help="berkas JSON; - untuk masukan baku")
    parser.add_argument(
        "--method", metavar="ID", help="metode; bila tidak disebut: dari isi berkas atau tanggal periode"
    )
    parser.add_argument("--format", choices=("json", "text"), default="json", help="bentuk keluaran")
    parser.add_argument("--schema", nargs="?", const="", metavar="ID", help="cetak JSON Schema masukan suatu metode")
    parser.add_argument("--methods", action="store_true", help="daftar metode, dasar hukum, dan masa berlakunya")
    return parser


def _answer(options: argparse.Namespace) -> str:
    if options.methods:
        return _dump([_described(method) for method in all_methods()])
    if options.schema is not None:
        return _dump(method_by_id(options.schema or options.method or all_methods()[0].id).schema())
    if options.file is None:
        raise InputError([Problem("", "Sebutkan berkas JSON yang akan dihitung, atau - untuk masukan baku.")])
    data = json_input.load(options.file)
    result = _method(data, options.method).evaluate(data)
    return _as_text(result) if options.format == "text" else _dump(result.as_dict())


def _method(data: Mapping[str, Any], method_id: str | None) -> Method[Any]:
    """Take the method that is named, on the line or in the file; otherwise the one of the period's dates."""
    named = method_id or data.get("method")
    if named:
        return method_by_id(str(named))
    reader = Reader(data)
    start, end = reader.period()
    if start is None or end is None:
        raise InputError(reader.problems)
    return method_for(start, end)


def _described(method: Method[Any]) -> dict[str, str | None]:
    until = method.valid_until
    return {
        "id": method.id,
        "title": method.title,
        "basis": method.basis,
        "valid_from": method.valid_from.isoformat(),
        "valid_until": None if until is None else until.isoformat(),
    }


def _as_text(result: Result) -> str:
    parts = [f"{result.method_title} [{result.parameters}]", ""]
    for line in result.lines:
        numbers = "; ".join(f"{name} = {value}" for name, value in line.numbers)
        parts += [f"{line.label}{f' ({line.note})' if line.note else ''} = {line.printed}   [{line.key}]"]
        parts += [f"    {line.formula}", f"    {numbers}", f"    {line.basis}"]
    parts += ["", "Hasil:"]
    for key, value in result.values.items():
        category = f" ({value.category_label})" if value.category_label and value.exact is not None else ""
        parts.append(f"  {key}: {value.printed}{category}")
    if result.notices:
        parts += ["", "Catatan:", *(f"  {notice.key}: {notice.message} ({notice.basis})" for notice in result.notices)]
    return "\n".join(parts)


def _dump(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)
