"""What an act does beyond being kept: one function for each that does anything, found in a table.

Every function works inside the caller's transaction on a locked case, and answers with what is kept beside the act.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from takar.appraisal.decisions import change_result
from takar.appraisal.types import AnyDraft
from takar.archive.retention import hold_case, release_case
from takar.casework import terms
from takar.casework.aftermath import DESK, Kind
from takar.casework.measurement import replacing_data
from takar.casework.models import Case, CaseDocument
from takar.casework.movement import assignee_of, follow
from takar.casework.steps import document_of
from takar.common import clock, words
from takar.common.errors import NotAllowed
from takar.documents import actions as documents
from takar.documents.enums import SignatureMethod, SignedAs
from takar.documents.models import Document
from takar.documents.signatures import Signer, method_of
from takar.documents.signing.pen import Pen
from takar.organisation.models import Employee
from takar.procedures.actions import detours
from takar.procedures.models import StepRun
from takar.procedures.queries import sop_of
from takar.rules.flow import StepKind


@dataclass(frozen=True, slots=True)
class Doing:
    """An act under way: who does what in which locked case, as whom, and when it truly happened."""

    actor: Employee
    role: str
    case: Case
    kind: Kind
    text: str
    at: dt.datetime
    draft: AnyDraft | None
    pen: Pen = field(default_factory=Pen)
    seen_sha256: str = ""

    @property
    def on_paper(self) -> bool:
        return self.role == DESK


def no_effect(_doing: Doing) -> dict[str, Any]:
    return {}


def _take_over(doing: Doing) -> dict[str, Any]:
    """Step 4 becomes the superior's task."""
    case = doing.case
    detours.reassign_step(step_run=_open_step(case), assignee=doing.actor)
    case.assignee = doing.actor
    case.save(update_fields=["assignee"])
    return {}


def _set(doing: Doing) -> dict[str, Any]:
    """The superior's signature takes the place of the employee's, and the case goes on."""
    document = document_of(doing.case)
    _close_document(doing, document)
    _pass_signing(doing, document)
    return {"document": document.number}


def _object(doing: Doing) -> dict[str, Any]:
    """Nothing of this case may leave the archive while the objection runs (PP 28/2012 Pasal 65 ayat (2) huruf d)."""
    case = doing.case
    reference = f"Keberatan atas berkas {case.code}, {words.date(clock.office_date(doing.at))}"
    hold_case(actor=doing.actor, acting_as=doing.role, agency=case.agency, case_key=case.pk, reference=reference)
    return {}


def _release(doing: Doing) -> None:
    release_case(actor=doing.actor, acting_as=doing.role, case_key=doing.case.pk, reason="Keberatan sudah diputus")


def _confirm(doing: Doing) -> dict[str, Any]:
    """The result stays, finally; an employee who has not signed need not sign any more."""
    _release(doing)
    if not _at(doing.case, StepKind.SIGN):
        return {}
    return _set(doing)


def _change(doing: Doing) -> dict[str, Any]:
    """A new result, a new document that names the old one, and the case goes on with the new one."""
    case, replaced = doing.case, document_of(doing.case)
    assert doing.draft is not None  # noqa: S101 -- checked with what was filled in
    _release(doing)
    decision = change_result(
        actor=doing.actor,
        acting_as=doing.role,
        appraisal=case.appraisal,
        draft=doing.draft,
        reasons=doing.text,
        at=doing.at,
    )
    document = documents.issue_document(
        actor=doing.actor,
        acting_as=doing.role,
        agency=case.agency,
        subject=case.employee,
        case_key=case.pk,
        year=case.period.year,
        data=replacing_data(case, replaced, doing.text),
        replaces=replaced,
        pen=doing.pen,
    )
    CaseDocument.objects.create(case=case, document=document, step=case.step)
    _close_document(doing, document)
    if _at(case, StepKind.SIGN):
        _pass_signing(doing, document)
    else:
        _back_to_copying(doing)
    return {
        "document": document.number,
        "replaces": replaced.number,
        "final": words.figure(decision.final_value, 2),
        "category": decision.category,
    }


def _report(doing: Doing) -> dict[str, Any]:
    """Reported without the signature of an employee who let the term pass; the case goes on with that remark."""
    if not _at(doing.case, StepKind.SIGN):
        return {}
    document = document_of(doing.case)
    documents.close_signing(document=document)
    _pass_signing(doing, document)
    return {"document": document.number, "unsigned": True}


def _ratify(doing: Doing) -> dict[str, Any]:
    """The superior's signature is added to the one edition that all hold; documents from before that had none."""
    document = document_of(doing.case)
    if method_of(document) is SignatureMethod.PASSWORD:
        return {}
    _sign_as_superior(doing, document)
    return {"document": document.number}


# Acts that put the superior's signature to the document.
SIGNED_ACTS = frozenset({"set", "confirm", "change", "ratify"})

EFFECTS: Mapping[str, Callable[[Doing], dict[str, Any]]] = {
    "object": _object,
    "take_over": _take_over,
    "set": _set,
    "confirm": _confirm,
    "change": _change,
    "ratify": _ratify,
    "report": _report,
    "superior_report": _report,
}


def _close_document(doing: Doing, document: Document) -> None:
    _sign_as_superior(doing, document)
    documents.close_signing(document=document)


def _sign_as_superior(doing: Doing, document: Document) -> None:
    """Once only; what was signed on paper and is entered by the desk gets no signature of anybody's."""
    if doing.on_paper or document.signatures.filter(signed_as=SignedAs.SUPERIOR).exists():
        return
    title = terms.stead_title(doing.actor, doing.case, doing.role)
    if method_of(document) is SignatureMethod.INK:
        signer, scan = Signer(doing.actor, SignedAs.SUPERIOR, title), next(iter(doing.pen.scans), None)
        documents.sign_on_paper(actor=doing.actor, acting_as=doing.role, document=document, signers=[signer], scan=scan)
        return
    documents.sign_document(
        actor=doing.actor,
        acting_as=doing.role,
        document=document,
        signed_as=SignedAs.SUPERIOR,
        seen_sha256=doing.seen_sha256 or document.final_file.sha256,
        capacity=title,
        pen=doing.pen,
    )


def _pass_signing(doing: Doing, document: Document) -> None:
    """Step 5 is closed by the decision."""
    case = doing.case
    output = sop_of(case.run.version).flow.step(case.step).output.key
    following = detours.complete_in_place(
        actor=doing.actor,
        acting_as=doing.role,
        run=case.run,
        outputs={output: {"document": str(document.pk), "act": doing.kind.key}},
        assignee_of=assignee_of(case),
    )
    follow(case, following)


def _back_to_copying(doing: Doing) -> None:
    """Copies and archive concern the new document: a case that was past the copies visits that step again."""
    case = doing.case
    flow = sop_of(case.run.version).flow
    copying = next((step.number for step in flow.steps if step.kind is StepKind.COPY), flow.steps[-1].number)
    if case.step == copying:
        return
    following = detours.go_back(
        actor=doing.actor,
        acting_as=doing.role,
        run=case.run,
        to_step=copying,
        reason="Nilai diubah dengan keputusan atas keberatan; dokumen baru digandakan dan diarsipkan.",
        assignee_of=assignee_of(case),
    )
    follow(case, following)


def _at(case: Case, kind: StepKind) -> bool:
    return case.step > 0 and sop_of(case.run.version).flow.step(case.step).kind is kind


def _open_step(case: Case) -> StepRun:
    if case.open_step is None:
        raise NotAllowed("Berkas ini sudah selesai; tidak ada langkah yang terbuka.")
    return case.open_step
