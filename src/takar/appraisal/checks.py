"""What the Kasubbag is shown at step 2: everything missing or odd in a collected form. Nothing here decides."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal

from takar.appraisal.models import Activity, Appraisal, Form, FormLine
from takar.appraisal.types import Finding

# A realisation of more than twice the target, or more months than a year has, is possible but rarely meant.
FAR_ABOVE = Decimal(2)
MONTHS_IN_YEAR = Decimal(12)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form beside its target."""

    row: FormLine
    target: Activity | None
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One question put to every line; `holds` is True when the line should be looked at."""

    code: str
    holds: Callable[[Line], bool]
    message: str


def _filled(line: Line) -> bool:
    return any(getattr(line.row, name) is not None for name in ("quantity", "time", "cost", "credit"))


CHECKS = (
    Check(
        "no_target",
        lambda line: line.target is None,
        "Ada realisasi tanpa target; tidak dihitung sebagai kegiatan SKP. Pastikan ini bukan tugas tambahan.",
    ),
    Check(
        "no_realisation",
        lambda line: line.target is not None and not _filled(line),
        "Target ada, realisasi belum diisi; bila dibiarkan, kegiatan ini bernilai nol.",
    ),
    Check(
        "quantity_missing",
        lambda line: line.target is not None and _filled(line) and line.row.quantity is None,
        "Realisasi kuantitas belum diisi.",
    ),
    Check(
        "time_missing",
        lambda line: line.target is not None and bool(line.row.quantity) and line.row.time is None,
        "Realisasi waktu belum diisi.",
    ),
    Check(
        "cost_missing",
        lambda line: (
            line.target is not None
            and line.target.cost is not None
            and bool(line.row.quantity)
            and line.row.cost is None
        ),
        "Kegiatan ini didukung anggaran, tetapi realisasi biaya belum diisi.",
    ),
    Check(
        "cost_without_target",
        lambda line: line.target is not None and line.target.cost is None and bool(line.row.cost),
        "Ada realisasi biaya, padahal kegiatan ini tidak bertarget biaya; biaya tidak dihitung.",
    ),
    Check(
        "quantity_far_above",
        lambda line: (
            line.target is not None
            and line.row.quantity is not None
            and line.row.quantity > FAR_ABOVE * line.target.quantity
        ),
        "Kuantitas lebih dari dua kali target; pastikan angkanya benar.",
    ),
    Check(
        "time_beyond_year",
        lambda line: (
            line.target is not None
            and line.target.time_unit == "bulan"
            and line.row.time is not None
            and line.row.time > MONTHS_IN_YEAR
        ),
        "Waktu lebih dari 12 bulan dalam satu tahun; periksa angka atau satuannya.",
    ),
    Check(
        "no_evidence",
        lambda line: bool(line.row.quantity) and not line.has_evidence,
        "Belum ada bukti dukung.",
    ),
)


def findings(form: Form) -> list[Finding]:
    """All questions over all lines, then the extras whose letter is missing."""
    appraisal = form.appraisal
    proven = _activities_with_evidence(appraisal)
    found = []
    for row in form.kept_lines:
        line = Line(row, row.activity, row.activity_id in proven)
        found += [Finding(row.number, check.code, check.message) for check in CHECKS if check.holds(line)]
    for extra in form.kept_extras:
        if not extra.letter:
            text = f"{extra.get_kind_display()} “{extra.name}” belum menyebut nomor surat keterangan."
            found.append(Finding(0, "no_letter", text))
    return found


def _activities_with_evidence(appraisal: Appraisal) -> Collection[object]:
    rows = appraisal.evidence.filter(removed_at__isnull=True)
    return set(rows.exclude(activity=None).values_list("activity_id", flat=True))
