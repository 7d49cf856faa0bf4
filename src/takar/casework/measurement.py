"""What the document of an approved result says: the office, the case's people, and what each regulation wants to be said.

The form is the regulation's own: Penilaian Capaian SKP with the Penilaian Prestasi Kerja (PP 46/2011), or the dokumen
evaluasi kinerja with its hasil evaluasi (PermenPANRB 6/2022).
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from takar.appraisal.enums import Regulation
from takar.casework.capacity import Capacity
from takar.casework.models import Case
from takar.casework.printing import cards, evaluations, pp46
from takar.common import clock, words
from takar.documents.enums import SignedAs
from takar.documents.forms import shapes
from takar.documents.models import Document
from takar.organisation.models import Employee


class Official(NamedTuple):
    """The form of a regulation, and the functions that fill it.

    With a result, with what changes when the superior assessed in the assessor's stead, and with what was decided on it.
    """

    form: str
    result: Callable[[Case], dict[str, Any]]
    by_superior: Callable[[Mapping[str, Any]], dict[str, Any]]
    replaced: Callable[[Mapping[str, str], Mapping[str, str]], dict[str, Any]]


OFFICIAL: Mapping[str, Official] = {
    Regulation.PP46.value: Official(pp46.FORM, pp46.result_of, lambda _people: {}, pp46.replaced),
    Regulation.PERMENPAN6.value: Official(
        evaluations.FORM, evaluations.document_of, evaluations.by_superior, evaluations.replaced
    ),
}


def measurement_data(case: Case, *, assessor: shapes.Person | None = None) -> dict[str, Any]:
    """The content of the document of the result in force, without number and signatures.

    `assessor` is who assessed in the stead of the one in the snapshot.
    """
    official, appraisal = OFFICIAL[case.appraisal.method], case.appraisal
    kept = appraisal.in_force
    return {
        "form": official.form,
        **cards.office_of(case.agency),
        "period": words.period(appraisal.start, appraisal.end),
        "date": cards.place_and_day(case.agency, clock.today()),
        "created": clock.now().replace(microsecond=0).isoformat(),
        **cards.people_of(case),
        **({"assessor": assessor} if assessor else {}),
        "dates": {"made": words.date(clock.today())},
        **official.result(case),
        **(official.by_superior(cards.people_of(case)) if _is_superior(case, assessor) else {}),
        "computed": {
            "inputs": kept.inputs,
            **{key: part for key, part in (kept.result or {}).items() if key != "lines"},
        },
    }


def _is_superior(case: Case, assessor: shapes.Person | None) -> bool:
    """Whether who assessed is the assessor's superior in person, having taken the assessment over."""
    superior = cards.person_of(case.snapshot["superior"])
    return assessor is not None and superior is not None and assessor["nip"] == superior["nip"]


def replacing_data(case: Case, replaced: Document, reasons: str) -> dict[str, Any]:
    """The content of the document that takes the place of another: which one, why, and who decided."""
    note = {"number": replaced.number, "date": words.date(clock.office_date(replaced.issued_at)), "reason": reasons}
    content = measurement_data(case, assessor=replaced.data["assessor"])
    said = {act.kind: act for act in case.acts.filter(kind__in=("object", "respond", "hear_assessor"))}
    texts = {kind: act.text for kind, act in said.items()} | {"decide": reasons}
    days = {kind: words.date(clock.office_date(act.at)) for kind, act in said.items()}
    days |= {"decide": words.date(clock.today())}
    official = OFFICIAL[case.appraisal.method]
    return {**content, "decider": SignedAs.SUPERIOR.value, "replaces": note, **official.replaced(texts, days)}


def acting_card(actor: Employee, case: Case, capacity: Capacity) -> shapes.Person | None:
    """The person who assesses in another's stead as the document names him or her; None in one's own right."""
    if not capacity.in_stead:
        return None
    mandate = capacity.mandate
    replaced = case.snapshot["assessor" if mandate and mandate.principal_id == case.assessor_id else "superior"]
    return {
        "name": actor.full_name,
        "nip": words.nip(actor.nip),
        "rank": words.rank(actor.rank) or cards.EMPTY,
        "post": (capacity.title if mandate else replaced["post"]) or cards.EMPTY,
        "unit": replaced["unit"] or cards.EMPTY,
        "role": capacity.title,
    }
