"""One record of a package on its way in: what it must hold, and what is wrong with one that does not."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from takar.archive.enums import DepositState
from takar.archive.queries import check_code_known
from takar.common.errors import InvalidInput, Problem
from takar.common.json_input import parse
from takar.organisation.models import Agency
from takar.rules.scoring.types import InputError

FORMAT = "takar-archive-record/1"
LENGTHS = {"number": 80, "kind": 40, "name": 300, "nip": 18, "classification": 20}
YEARS = range(1945, 2200)
MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    number: str
    kind: str
    name: str
    nip: str
    year: int
    classification: str
    closed_on: dt.date
    state: str
    pdf: bytes
    record: bytes
    texts: Any


def read_entry(path: Path, agency: Agency) -> Entry:
    """InvalidInput with every problem; the manifest was checked before."""
    content = path.read_bytes()
    try:
        data = parse(content, MOST_BYTES)
    except (InputError, UnicodeDecodeError) as error:
        raise _refused(Problem("catatan.json", f"Bukan JSON. {error}")) from error
    if data.get("format") != FORMAT:
        raise _refused(Problem("catatan.json", f"Bukan catatan arsip Takar ({FORMAT})."))
    problems = [Problem(name, "Tidak ada, atau terlalu panjang.") for name in LENGTHS if not _text(data, name)]
    year, closed = data.get("year"), _date(data.get("closed_on"))
    if not isinstance(year, int) or year not in YEARS or closed is None:
        problems.append(Problem("year", "Tahun atau tanggal selesainya tidak terbaca."))
    if data.get("state") not in [DepositState.ACTIVE, DepositState.INACTIVE]:
        problems.append(Problem("state", "Hanya arsip aktif atau inaktif yang diterima."))
    pdf = _pdf(path.with_name("dokumen.pdf"), str(data.get("pdf_sha256", "")), problems)
    if problems or closed is None or not isinstance(year, int):
        raise _refused(*problems)
    check_code_known(agency.pk, data["classification"], "Paket tidak diterima.")
    facts = {name: data[name] for name in LENGTHS}
    texts = [data.get("document"), data.get("origin")]
    return Entry(**facts, year=year, closed_on=closed, state=data["state"], pdf=pdf, record=content, texts=texts)


def _text(data: Mapping[str, Any], name: str) -> bool:
    value = data.get(name)
    return isinstance(value, str) and len(value) <= LENGTHS[name] and (bool(value) or name == "nip")


def _date(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


def _pdf(path: Path, sha256: str, problems: list[Problem]) -> bytes:
    content = path.read_bytes() if path.is_file() else b""
    if not content.startswith(b"%PDF-"):
        problems.append(Problem("dokumen.pdf", "Tidak ada, atau bukan PDF."))
    elif hashlib.sha256(content).hexdigest() != sha256:
        problems.append(Problem("dokumen.pdf", "Bukan dokumen yang disebut catatannya."))
    return content


def _refused(*problems: Problem) -> InvalidInput:
    return InvalidInput("Paket tidak diterima.", problems)
