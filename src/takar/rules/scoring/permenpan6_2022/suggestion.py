"""Suggest ratings from the example guide of the annex (pp. 97–98, 100–102), with the reasons; the assessor decides.

"Sebagian besar" is read as more than half, "sebagian kecil" as less than half. Where no category of the guide fits,
nothing is suggested: the official examples of the annex show that arithmetic alone would be wrong.
"""

from dataclasses import dataclass

from takar.rules.scoring.permenpan6_2022.inputs import ABOVE, BELOW, MEETS, NEGATIVE, PARAMETERS, POSITIVE, Inputs
from takar.rules.scoring.permenpan6_2022.study import academic


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested rating and the sentences that say why.

    None where the guide does not decide; `computed` is False where there was not enough to go by.
    """

    rating: str | None
    reasons: tuple[str, ...]
    computed: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """How many hasil kerja stand where, among them the utama, and how their feedback was."""

    total: int
    above: int
    below: int
    main: int
    main_below: int
    feedback: int
    positive: int
    negative: int

    @property
    def meets(self) -> int:
        """Those that meet the expectation."""
        return self.total - self.above - self.below


def tally(inputs: Inputs) -> Tally | None:
    """Count; the academic outcome of a tugas belajar counts as one hasil kerja utama. None while one is unrated."""
    rated = [(work.main, work.rating, work.feedback) for work in inputs.works]
    grade = academic(inputs.study) if inputs.study else None
    if grade:
        rated.append((True, grade.rating, None))
    ratings = [rating for _, rating, _ in rated]
    if not rated or None in ratings:
        return None
    feedback = [each for _, _, each in rated if each]
    return Tally(
        total=len(rated),
        above=ratings.count(ABOVE),
        below=ratings.count(BELOW),
        main=sum(main for main, _, _ in rated),
        main_below=sum(main and rating == BELOW for main, rating, _ in rated),
        feedback=len(feedback),
        positive=feedback.count(POSITIVE),
        negative=feedback.count(NEGATIVE),
    )


def suggest_result(inputs: Inputs) -> Suggestion:
    """Suggest the rating of hasil kerja: Diatas, else Dibawah, else Sesuai, each only if works and feedback both fit."""
    counts = tally(inputs)
    if counts is None:
        return Suggestion(None, ("masih ada hasil kerja tanpa rating maupun indikator berangka.",), computed=False)
    fits = {
        ABOVE: _most(counts.above, counts.total) and counts.main_below == 0 and _feedback_most(counts, counts.positive),
        BELOW: _most(counts.below, counts.total) and _feedback_most(counts, counts.negative),
        MEETS: _most(counts.above + counts.meets, counts.total)
        and (counts.main_below == 0 or counts.main_below * 2 < counts.main)
        and (counts.feedback == 0 or counts.negative < counts.feedback),
    }
    rating = next((name for name in (ABOVE, BELOW, MEETS) if fits[name]), None)
    return Suggestion(rating, _reasons(counts))


def suggest_behaviour(inputs: Inputs) -> Suggestion:
    """Suggest the rating of perilaku from the seven values; None until all seven are noted.

    Dibawah if most are not consistent yet, Diatas if all are consistent and most guarded, otherwise Sesuai.
    """
    levels, known = list(inputs.behaviours.values()), len(PARAMETERS.rows("behaviours"))
    if len(levels) < known:
        return Suggestion(None, (), computed=False)
    guards, not_yet = levels.count("penjaga"), levels.count("belum")
    reasons = (f"{guards} nilai dijaga juga bagi orang lain, {not_yet} belum konsisten, dari {known} nilai dasar.",)
    if _most(not_yet, known):
        return Suggestion(BELOW, reasons)
    return Suggestion(ABOVE if _most(guards, known) and not not_yet else MEETS, reasons)


def _reasons(counts: Tally) -> tuple[str, ...]:
    works = (
        f"dari {counts.total} hasil kerja {counts.above} diatas, {counts.meets} sesuai, {counts.below} dibawah ekspektasi;"
        f" {counts.main_below} dari {counts.main} hasil kerja utama dibawah."
    )
    if not counts.feedback:
        return works, "umpan balik belum dicatat, sehingga tidak ikut menentukan."
    return works, f"dari {counts.feedback} umpan balik {counts.positive} positif dan {counts.negative} tidak positif."


def _most(part: int, whole: int) -> bool:
    return part * 2 > whole


def _feedback_most(counts: Tally, part: int) -> bool:
    return counts.feedback == 0 or _most(part, counts.feedback)
