"""What a request may hold. Lengths are those of the columns; what is not named here is refused."""

import base64
import binascii
import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    WithJsonSchema,
)

from takar.appraisal.form_checks import LONGEST_LETTER, LONGEST_NAME, LONGEST_NOTE, MOST_EXTRAS
from takar.appraisal.types import ExtraData, FormData, LineData, StudyData
from takar.casework.acts import LONGEST_TEXT, MOST_FILES
from takar.documents.actions import CLASSIFICATION
from takar.documents.copies import LONGEST_GROUND, LONGEST_RECIPIENT, MOST_COPIES, CopyData
from takar.rules.numbers import read_number

LONGEST_SECRET, LONGEST_CODE, LONGEST_PLACE, LONGEST_REASON = 400, 40, 40, 4000
MOST_LINES, MOST_ANSWERS, MOST_NOTICES = 500, 2000, 500
LONGEST_FILE = 20_000_000
SHA256 = r"^[0-9a-f]{64}$"


def _figure(value: Any) -> Decimal | None:
    return None if value is None else read_number(value)


def _content(value: str) -> str:
    """The text stays as it is; what it stands for is taken by `decoded`."""
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("Isi berkas harus ditulis sebagai Base64.") from error
    return value


def decoded(value: str) -> bytes:
    return base64.b64decode(value)


Figure = Annotated[
    Any,
    BeforeValidator(_figure),
    WithJsonSchema(
        {
            "description": "Angka pasti: bilangan JSON, atau teks seperti “9,12”.",
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": 9999999999},
                {"type": "string", "pattern": r"^[0-9]{1,9}(,[0-9]{1,2})?$"},
                {"type": "null"},
            ],
        }
    ),
]
Base64 = Annotated[
    str,
    StringConstraints(max_length=LONGEST_FILE),
    AfterValidator(_content),
    WithJsonSchema({"type": "string", "contentEncoding": "base64", "pattern": r"^([A-Za-z0-9+/]{4})*$"}),
]
Secret = Annotated[str, StringConstraints(max_length=LONGEST_SECRET)]


class Given(Schema):
    model_config = ConfigDict(extra="forbid")


class LineIn(Given):
    """One line of the formulir kinerja; without `item` it is work without a target, and has a name of its own."""

    item: Annotated[StrictInt, Field(ge=1, le=MOST_LINES)] | None = None
    name: str = Field("", max_length=LONGEST_NAME)
    quantity: Figure = None
    time: Figure = None
    cost: Figure = None
    credit: Figure = None
    realisation: str = Field("", max_length=LONGEST_NOTE)
    figure: Figure = None
    note: str = Field("", max_length=LONGEST_NOTE)


class ExtraIn(Given):
    """Tugas tambahan or kreativitas."""

    kind: Literal["tambahan", "kreativitas"]
    name: str = Field(max_length=LONGEST_NAME)
    level: Literal["", "unit", "organisasi", "negara"] = ""
    letter: str = Field("", max_length=LONGEST_LETTER)


class StudyIn(Given):
    """What is reported of a tugas belajar."""

    gpa: Figure = None
    level: Literal["", "s1", "s2_s3"] = ""
    institution: Literal["", "A", "B", "C", "luar_negeri"] = ""
    programme: Literal["", "A", "B", "C"] = ""
    dropped_out: StrictBool = False


class FormIn(Given):
    """The whole form: what is not named is empty afterwards."""

    lines: list[LineIn] = Field(max_length=MOST_LINES)
    extras: list[ExtraIn] = Field(default=[], max_length=MOST_EXTRAS)
    study: StudyIn | None = None

    def data(self) -> FormData:
        return FormData(
            tuple(LineData(**line.model_dump()) for line in self.lines),
            tuple(ExtraData(**extra.model_dump()) for extra in self.extras),
            StudyData(**self.study.model_dump()) if self.study else None,
        )


class CopyIn(Given):
    """One copy to be numbered; without a date it is handed over later."""

    recipient: str = Field(max_length=LONGEST_RECIPIENT)
    form: Literal["kertas", "elektronik"] = "kertas"
    handed_over_on: dt.date | None = None
    ground: str = Field("", max_length=LONGEST_GROUND)

    def data(self) -> CopyData:
        return CopyData(**self.model_dump())


class FileIn(Given):
    name: str = Field(min_length=1, max_length=200)
    content: Base64


class ScanIn(FileIn):
    """What was signed in ink, and on which days by whom."""

    signed_on: dict[Literal["penilai", "pegawai", "atasan"], dt.date] = Field(max_length=3)


class Signing(Given):
    """What an act that binds asks for; the second factor only of who has one, NIK and passphrase only for BSrE."""

    password: Secret = ""
    code: str = Field("", max_length=LONGEST_CODE)
    nik: str = Field("", max_length=LONGEST_CODE)
    passphrase: Secret = ""
    scan: ScanIn | None = None


class PaperIn(Given):
    """From when to when it was done on paper."""

    start: dt.datetime
    end: dt.datetime


class StepIn(Signing):
    """What the open step takes; each kind reads its own part, and what is missing stays as saved before."""

    form: FormIn | None = None
    answers: dict[str, Annotated[str, StringConstraints(max_length=LONGEST_REASON)]] = Field(
        default={}, max_length=MOST_ANSWERS
    )
    assessment: dict[str, Any] | None = None
    seen_sha256: str = Field("", description="Langkah 5: sidik dokumen yang dibaca penanda tangan.")
    copies: list[CopyIn] | None = Field(None, max_length=MOST_COPIES)
    classification: str = Field(CLASSIFICATION, max_length=LONGEST_PLACE)
    box: str = Field("", max_length=LONGEST_PLACE)
    shelf: str = Field("", max_length=LONGEST_PLACE)
    note: str = Field("", max_length=LONGEST_NOTE)
    paper: PaperIn | None = None


class ReturnIn(Given):
    to_step: Annotated[StrictInt, Field(ge=1, le=99)]
    reason: str = Field(max_length=LONGEST_REASON)


class ActIn(Signing):
    """An act after the approval; which ones there are is told by the case."""

    kind: str = Field(max_length=24)
    text: str = Field("", max_length=LONGEST_TEXT)
    on: dt.date | None = None
    files: list[FileIn] = Field(default=[], max_length=MOST_FILES)
    assessment: dict[str, Any] | None = None
    seen_sha256: str = Field("", max_length=64)


class CheckIn(Given):
    number: str = Field(min_length=1, max_length=80)
    word: str = Field(min_length=1, max_length=24)


class ReadIn(Given):
    """Which notices were read; null means all."""

    ids: list[UUID] | None = Field(max_length=MOST_NOTICES)
