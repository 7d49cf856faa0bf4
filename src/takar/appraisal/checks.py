"""What the Kasubbag is shown at step 2: everything missing or odd in a collected form. Nothing here decides.

The questions are the regime's (`appraisal.regimes`).
"""

from collections.abc import Collection

from takar.appraisal.models import Appraisal, Form
from takar.appraisal.regimes import regime_of
from takar.appraisal.regimes.types import Line
from takar.appraisal.types import Finding


def findings(form: Form) -> list[Finding]:
    """All questions over all lines, then tugas belajar, then the extras whose letter is missing."""
    appraisal, regime = form.appraisal, regime_of(form.appraisal)
    proven = _with_evidence(appraisal, regime.link)
    found = []
    for row in form.kept_lines:
        item = getattr(row, regime.link)
        line = Line(row, item, item is not None and item.key in proven)
        found += [Finding(row.number, check.code, check.message) for check in regime.checks if check.holds(line)]
    if appraisal.study:
        found += [Finding(0, c.code, c.message) for c in regime.study_checks if c.holds(form.kept_study)]
    for extra in form.kept_extras:
        if not extra.letter:
            text = f"{extra.get_kind_display()} “{extra.name}” belum menyebut nomor surat keterangan."
            found.append(Finding(0, "no_letter", text))
    return found


def _with_evidence(appraisal: Appraisal, link: str) -> Collection[object]:
    """The items by their keys, which a later version of the plan keeps."""
    rows = appraisal.evidence.filter(removed_at__isnull=True, **{f"{link}__isnull": False})
    return set(rows.values_list(f"{link}__key", flat=True))
