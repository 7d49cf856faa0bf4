"""What each form is filled with: plain text, already worded and formatted in Indonesian by the caller.

`created` (ISO 8601 with offset) becomes the creation time in the PDF; without it the PDF carries the epoch, for
PDF/A demands a time and the same data must give the same bytes. What is left out or empty is printed as "-".
"""

from typing import Literal, NotRequired, TypedDict


class Agency(TypedDict):
    """`region` is printed above the name in capitals: "Pemerintah Kabupaten Balangan"."""

    name: str
    region: str
    place: str


class Pictures(TypedDict, total=False):
    """The office's own emblems and a code, each as an SVG text; they are printed but not attached as data."""

    garuda: str
    region: str
    code: str


class Person(TypedDict):
    """`role` is printed above the name of somebody who signs in another's stead: "Plt. Kepala Bidang A"."""

    name: str
    nip: str
    rank: str
    post: str
    unit: str
    role: NotRequired[str]


class Figures(TypedDict, total=False):
    """One side of an activity, target or realisation; units are part of the text: "12 dokumen"."""

    credit: str
    quantity: str
    quality: str
    time: str
    cost: str


class PlannedActivity(TypedDict):
    no: str
    name: str
    target: NotRequired[Figures]
    realisation: NotRequired[Figures]


class Activity(PlannedActivity):
    """`part` is the heading above the first activity of a part of the year, after a mutasi."""

    part: NotRequired[str]
    sum: str
    value: str


class AdditionalTask(TypedDict):
    name: str
    letter: NotRequired[str]
    points: NotRequired[str]


class Creativity(AdditionalTask):
    level: NotRequired[str]


class Rated(TypedDict):
    """A value with its sebutan."""

    value: str
    label: str


class Aspect(TypedDict):
    label: str
    value: str
    category: str


class Shares(TypedDict):
    """The weighted parts: 60 % of the SKP value, 40 % of the behaviour value."""

    skp: str
    behaviour: str


class WorkingLine(TypedDict):
    label: str
    formula: str
    numbers: str
    value: str
    basis: str


# The functional form, because `as` is a keyword.
Signature = TypedDict(
    "Signature",
    {
        "as": Literal["penilai", "pegawai", "atasan"],
        "name": str,
        "nip": str,
        "role": NotRequired[str],
        "signed_at": str,
        "method": str,
    },
)

# Likewise `for`. `qr` is the SVG that leads to the check page of `key`; `void` says what took the copy's place.
Copy = TypedDict(
    "Copy", {"number": str, "for": str, "key": NotRequired[str], "qr": NotRequired[str], "void": NotRequired[str]}
)


class Replaced(TypedDict):
    """The document whose place this one takes, and why."""

    number: str
    date: str
    reason: str


class Statement(TypedDict):
    """What somebody wrote into one of the boxes 5 to 7, and when."""

    text: str
    date: str


class Dates(TypedDict, total=False):
    """The days of boxes 9 to 11: made by the assessor, received by the employee and by the assessor's superior."""

    made: str
    received: str
    superior: str


Edition = Literal["asli", "bertanda tangan", "salinan"]


class Measurement(TypedDict):
    """The dokumen pengukuran kinerja, as approved at step 4 and signed at step 5.

    `decider` "atasan" puts the assessor's superior where the assessor signs: who decided on an objection, or assessed
    because the assessor did not.
    """

    number: str
    replaces: NotRequired[Replaced]
    decider: NotRequired[Literal["penilai", "atasan"]]
    created: NotRequired[str]
    pictures: NotRequired[Pictures]
    objection: NotRequired[Statement]
    response: NotRequired[Statement]
    decision: NotRequired[Statement]
    dates: NotRequired[Dates]
    agency: Agency
    period: str
    date: str
    employee: Person
    assessor: Person
    superior: Person | None
    activities: list[Activity]
    additional: list[AdditionalTask]
    creativity: list[Creativity]
    skp: Rated
    behaviour: list[Aspect]
    behaviour_sum: str
    behaviour_mean: Rated
    shares: Shares
    final: Rated
    recommendation: str
    working: list[WorkingLine]
    signatures: list[Signature]
    digest: str
    edition: Edition
    copy: Copy | None


class PerformanceForm(TypedDict):
    """The formulir kinerja: what is left out stays an empty space to write in."""

    code: str
    created: NotRequired[str]
    blank: NotRequired[bool]
    pictures: NotRequired[Pictures]
    agency: Agency
    period: str
    employee: Person | None
    activities: list[PlannedActivity]
    additional: list[AdditionalTask]
    creativity: list[Creativity]


class Plan(TypedDict):
    """The Formulir Sasaran Kerja PNS."""

    created: NotRequired[str]
    blank: NotRequired[bool]
    pictures: NotRequired[Pictures]
    agency: Agency
    period: str
    date: str
    employee: Person | None
    assessor: Person | None
    activities: list[PlannedActivity]
    credit_sum: str
    signatures: list[Signature]


class Note(TypedDict):
    date: str
    text: str
    by: str


class Notebook(TypedDict):
    """The Buku Catatan Perilaku."""

    created: NotRequired[str]
    blank: NotRequired[bool]
    pictures: NotRequired[Pictures]
    agency: Agency
    period: str
    employee: Person | None
    notes: list[Note]


class Letter(TypedDict):
    """A surat keterangan; `kind` is "tambahan" or "kreativitas", `level` whom the kreativitas is useful to."""

    kind: Literal["tambahan", "kreativitas"]
    created: NotRequired[str]
    blank: NotRequired[bool]
    pictures: NotRequired[Pictures]
    agency: Agency
    number: str
    year: str
    date: str
    issuer: Person | None
    issuer_title: str
    employee: Person | None
    level: str
    items: list[AdditionalTask]
    signatures: list[Signature]


class PersonFact(TypedDict):
    label: str
    value: str


class CreditConversion(TypedDict):
    """Konversi predikat kinerja ke angka kredit."""

    created: NotRequired[str]
    blank: NotRequired[bool]
    pictures: NotRequired[Pictures]
    agency: Agency
    number: str
    period: str
    date: str
    employee: Person | None
    assessor: Person | None
    person: list[PersonFact]
    predicate: str
    percentage: str
    coefficient: str
    credit: str
    working: str
    signatures: list[Signature]


class SopSheet(TypedDict):
    """The SOP's sheet; `rows` hold what the screen draws, cell for cell. `state` says which version, and if it is in force."""

    created: NotRequired[str]
    pictures: NotRequired[Pictures]
    agency: Agency
    name: str
    number: str
    state: str
    identity: list[list[str]]
    blocks: list[dict[str, object]]
    actors: list[str]
    rows: list[dict[str, object]]
    readings: list[list[str]]
