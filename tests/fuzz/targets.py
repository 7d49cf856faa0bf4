"""Every parser of what comes from outside: what it is given, and which errors with words it may answer with."""

import dataclasses
import hashlib
import io
import json
import tempfile
import time
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import strategies as st
from tests.documents.test_emblems import CREST
from tests.fuzz.mutation import VALUES, bent_bytes, bent_json, bent_zip
from tests.office import PEOPLE, Office

from takar.accounts.models import Attempts
from takar.appraisal.assessment_json import draft_from
from takar.appraisal.evaluation import aspects
from takar.appraisal.evidence import media_type_of
from takar.archive.models import Deposit
from takar.archive.packages import export_package, import_package
from takar.common import clock
from takar.common.errors import DomainError, InvalidInput
from takar.common.json_input import parse
from takar.documents.checking import examine
from takar.documents.emblems import _checked
from takar.documents.enums import SignedAs
from takar.documents.registry import OfficeRegistry
from takar.documents.signing import bsre
from takar.documents.signing.ink import media_type_of_scan
from takar.documents.signing.reading import check_pdf
from takar.documents.signing.types import Order
from takar.documents.signing.validation import Anchors
from takar.exchange.formats.forms import read_forms
from takar.exchange.formats.staff import read_staff
from takar.exchange.formats.targets import read_targets
from takar.exchange.formats.work_plans import read_work_plans
from takar.exchange.outgoing import blank_forms
from takar.exchange.workbook import read_workbook
from takar.files.queries import read
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.queries import version_in_force
from takar.rules.flow import SopError, parse_sop
from takar.rules.nip import parse_nip
from takar.rules.numbers import format_decimal, parse_decimal
from takar.rules.scoring.registry import UnknownMethodError, all_methods, method_by_id
from takar.rules.scoring.types import InputError

ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 6.0


@dataclasses.dataclass(frozen=True)
class Target:
    """`told` are the errors that have words; anything else that comes out is a mistake of ours."""

    name: str
    given: st.SearchStrategy[Any]
    run: Callable[[Any], object]
    told: tuple[type[Exception], ...]

    def __call__(self, example: Any) -> str:
        """What came of it, in bounded time."""
        began = time.process_time()
        try:
            self.run(example)
            outcome = "taken"
        except self.told as error:
            message = getattr(error, "message", "") or str(error)
            assert message.strip(), f"{self.name}: an error without words"
            outcome = "refused"
        spent = time.process_time() - began
        assert spent < LONGEST_SECONDS, f"{self.name} took {spent:.1f} s"
        return outcome


def targets(office: Office) -> list[Target]:
    """`office` has a closed case of Putri and one of Rudi at step 4."""
    return [*texts(), *jsons(office), *workbooks(office), *papers(office), *packages(office), *pages(office)]


def texts() -> list[Target]:
    words = st.one_of(
        st.text(max_size=40), st.text("0123456789.,- –−eE ", max_size=30), st.from_regex(r"\d{18}", fullmatch=True)
    )
    real = st.sampled_from([row[0] for row in PEOPLE.values()])
    nips = st.one_of(real, real.map(lambda nip: f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"), words)
    amounts = st.one_of(words, st.from_regex(r"-?[0-9]{1,3}(\.[0-9]{3}){0,3}(,[0-9]{1,4})?", fullmatch=True))
    return [
        Target("nip", nips, lambda text: (parse_nip(text), parse_nip(text, pppk=True)), (ValueError,)),
        Target("numbers", amounts, lambda text: format_decimal(parse_decimal(text), None), (ValueError,)),
    ]


def jsons(office: Office) -> list[Target]:
    case, waiting = office.case(), office.case("rekan")
    sop = version_in_force(office.agency, SHIPPED_KEY, clock.today())
    assert sop is not None
    good = {
        "quality": {"1": 90, "2": "85,5"},
        "behaviour": {aspect.value: 88 for aspect in aspects(case.appraisal)},
        "recommendation": "Dipertahankan.",
    }
    text = st.one_of(bent_bytes(json.dumps(good).encode()), st.binary(max_size=200))
    anything = st.recursive(
        VALUES, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner), max_leaves=8
    )
    inputs = st.one_of(bent_json(case.appraisal.inputs), st.dictionaries(st.text(max_size=8), anything, max_size=4))
    content = st.one_of(bent_json(sop.content), st.dictionaries(st.text(max_size=8), anything, max_size=4))
    return [
        Target("json", text, parse, (InputError, UnicodeDecodeError)),
        Target("score", inputs, _score, (InputError, UnknownMethodError)),
        Target("assessment", bent_json(good), lambda data: draft_from(data, waiting.appraisal), (InvalidInput,)),
        Target("sop", content, parse_sop, (SopError,)),
        Target(
            "sop-toml", bent_bytes(_sop_file()), lambda data: parse_sop(tomllib.loads(data.decode())), (ValueError,)
        ),
    ]


def _sop_file() -> bytes:
    return (ROOT / "src/takar/procedures/data/sop-penilaian-skp.toml").read_bytes()


def _score(data: Any) -> None:
    named = data.get("method") if isinstance(data, dict) else None
    for method in [method_by_id(str(named))] if named else all_methods():
        method.evaluate(data)
        method.evaluate_partial(data)


def workbooks(office: Office) -> list[Target]:
    seeds = [
        (ROOT / "demo" / name).read_bytes() for name in ("pegawai.xlsx", "target-skp-2025.xlsx", "skp-6-2023.xlsx")
    ]
    form = blank_forms([office.case("rekan")])
    assert form is not None
    books = st.sampled_from([*seeds, form]).flatmap(lambda data: bent_zip(data) | bent_bytes(data))
    readers: dict[str, Callable[..., object]] = {
        "workbook": read_workbook,
        "staff": read_staff,
        "targets": read_targets,
        "work-plans": read_work_plans,
        "forms": read_forms,
    }
    return [
        Target(f"xlsx-{name}", books, lambda data, reader=reader: reader(data, name="x.xlsx"), (InvalidInput,))
        for name, reader in readers.items()
    ]


def papers(office: Office) -> list[Target]:
    document = office.case().documents.get().document
    signed, plain = read(document.final_file), read(document.file)
    pdfs = st.sampled_from([signed, plain]).flatmap(bent_bytes)
    png = CREST["content"]
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0L9 9"/><text>a</text></svg>'
    pictures = st.sampled_from([png, svg, b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9", plain]).flatmap(bent_bytes)
    answered = bent_bytes(b"\n%%EOF\n", 2).map(lambda more: plain + more) | pdfs
    replies = st.tuples(
        st.sampled_from((200, 400, 404, 500)), st.one_of(st.binary(max_size=80), VALUES.map(_as_json), _NESTED)
    )
    order = _order(office, document)
    return [
        Target("pdf", pdfs, check_pdf, (InvalidInput,)),
        Target("check", pdfs, lambda data: examine(data, OfficeRegistry(), Anchors()), ()),
        Target("scan", pictures, lambda data: media_type_of_scan("x.jpg", data), (InvalidInput,)),
        Target("evidence", pictures, lambda data: media_type_of("x.docx", data), (InvalidInput,)),
        Target("emblem", st.sampled_from([svg, png]).flatmap(bent_bytes), _checked, (InvalidInput,)),
        Target("bsre-pdf", answered, lambda data: _accepted(plain, data, order), (DomainError,)),
        Target("bsre-answer", replies, lambda given: _replied(*given), ()),
    ]


_NESTED = st.sampled_from(
    [b'{"file": [1]}', b'{"file": {"a": 1}}', b'{"file": ["%%%"]}', b'{"error": [1]}', b'{"status": {}}', b"[]"]
)


def _as_json(value: Any) -> bytes:
    return json.dumps({"file": [value], "status": value, "error": value, "status_code": value}).encode()


def _order(office: Office, document: Any) -> Any:
    return Order(office.pegawai, office.agency, SignedAs.EMPLOYEE, document.number, clock.now(), "", "")


def _accepted(sent: bytes, answered: bytes, order: Any) -> None:
    anchors, bsre.anchors = bsre.anchors, Anchors  # type: ignore[assignment]
    try:
        bsre.accepted(sent, answered, order, "1" * 16)
    finally:
        bsre.anchors = anchors  # type: ignore[assignment]


def _replied(status: int, content: bytes) -> None:
    answer = requests.Response()
    answer.status_code, answer._content = status, content
    for dialect in bsre.DIALECTS.values():
        dialect.pdf(answer)
    assert bsre._refused(answer).strip()


def packages(office: Office) -> list[Target]:
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        made = export_package(
            actor=office.kasubbag,
            agency=office.agency,
            deposits=Deposit.objects.order_by("pk"),
            description="uji",
            target=Path(folder) / "paket.zip",
        )
        content = made.path.read_bytes()
        transaction.set_rollback(True)
    bags = bent_zip(content).flatmap(lambda data: st.sampled_from([data, _sealed(data)]))
    return [Target("package", bags, lambda data: _taken_in(office, data), (DomainError,))]


def _sealed(content: bytes) -> bytes:
    """The manifests of a changed package made to agree with it, so that what lies deeper is reached."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = {info.filename: packed.read(info) for info in packed.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        return content
    for start, manifest in (("data/", "manifest-sha256.txt"), ("", "tagmanifest-sha256.txt")):
        root = next((name.rpartition("/")[0] for name in parts if name.endswith("bagit.txt")), "")
        prefix = f"{root}/" if root else ""
        listed = {name.removeprefix(prefix): data for name, data in parts.items() if name.startswith(prefix)}
        chosen = [
            name for name in listed if (name.startswith("data/") if start else not name.startswith(("data/", "tag")))
        ]
        lines = [f"{hashlib.sha256(listed[name]).hexdigest()}  {name}\n" for name in sorted(chosen)]
        parts[prefix + manifest] = "".join(lines).encode("utf-8", "replace")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return made.getvalue()


def _taken_in(office: Office, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        path = Path(folder) / "paket.zip"
        path.write_bytes(content)
        try:
            import_package(actor=office.kasubbag, agency=office.agency, source=path)
        finally:
            transaction.set_rollback(True)


def pages(office: Office) -> list[Target]:
    """The same through the pages that take files: whatever comes, a page with words comes back."""
    document = office.case().documents.get().document
    pdf, staff = read(document.final_file), (ROOT / "demo/pegawai.xlsx").read_bytes()
    form = blank_forms([office.case("rekan")])
    assert form is not None
    uploads = [
        ("/periksa/", "dokumen", "x.pdf", bent_bytes(pdf), "staf"),
        ("/kantor/impor/pegawai/", "berkas", "x.xlsx", bent_zip(staff), "kasubbag"),
        ("/tugas/unggah/", "berkas", "x.xlsx", bent_zip(form), "staf"),
        ("/kantor/lambang/", "lambang", "x.png", bent_bytes(CREST["content"]), "kasubbag"),
    ]
    return [
        Target(f"page-{path}", given, lambda data, call=(path, field, name, who): _sent(office, call, data), ())
        for path, field, name, given, who in uploads
    ]


def _sent(office: Office, call: tuple[str, str, str, str], data: bytes) -> None:
    path, field, name, who = call
    with transaction.atomic():
        Attempts.objects.all().delete()
        answer = office.client(who).post(
            path, {field: SimpleUploadedFile(name, data), "jenis": "region", "tindakan": "simpan"}
        )
        transaction.set_rollback(True)
    assert answer.status_code < 500, answer.status_code
