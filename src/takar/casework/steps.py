"""What is done at each kind of step of the SOP: one function a kind, found in a table.

Every function works inside the caller's transaction on a locked case, and answers with what the step's output is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from takar.appraisal import evaluation, forms
from takar.appraisal.enums import FormState, Source, Stage
from takar.appraisal.types import AnyDraft, FormData
from takar.archive.actions import deposit_document
from takar.casework import terms
from takar.casework.capacity import Capacity, capacity_of
from takar.casework.measurement import acting_card, measurement_data
from takar.casework.models import Case, CaseDocument
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.documents import actions as documents
from takar.documents.copies import CopyData, record_copies
from takar.documents.distribution import lines_of
from takar.documents.enums import Recipient, SignatureMethod, SignedAs
from takar.documents.models import Document
from takar.documents.signatures import Signer, method_of
from takar.documents.signing.pen import Pen
from takar.files.models import StoredFile
from takar.organisation.models import Employee
from takar.rules.flow import Flow, StepKind


@dataclass(frozen=True, slots=True)
class StepData:
    """What the person filled in; each kind of step reads its own part, None means: as saved before."""

    form: FormData | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    assessment: AnyDraft | None = None
    seen_sha256: str = ""
    pen: Pen = field(default_factory=Pen)
    copies: tuple[CopyData, ...] | None = None
    classification: str = documents.CLASSIFICATION
    box: str = ""
    shelf: str = ""
    note: str = ""


Outcome = dict[str, Any]
Handler = Callable[[Employee, str, Case, StepData], Outcome]


def collect(actor: Employee, role: str, case: Case, data: StepData) -> Outcome:
    """Step 1: the form goes to the Kasubbag with whatever was collected; an empty one does not."""
    if data.form is not None:
        save_collected(actor, role, case, data.form)
    form = forms.draft_of(case.appraisal, Stage.COLLECTED)
    if not forms.is_filled(forms.data_of(form)):
        raise InvalidInput(
            "Formulir belum dikirim.",
            [
                Problem(
                    "Formulir kinerja", "Belum ada satu realisasi pun; unggah formulirnya atau ketik angkanya dahulu."
                )
            ],
        )
    forms.set_state(form, FormState.SUBMITTED)
    return {"form": str(form.pk), "version": form.version}


def check(_actor: Employee, _role: str, case: Case, _data: StepData) -> Outcome:
    """Step 2: what was collected is accepted, and becomes what step 3 starts from."""
    form = forms.latest(case.appraisal, Stage.COLLECTED, FormState.SUBMITTED)
    if form is None:
        raise NotAllowed("Tidak ada formulir yang dikirim untuk diperiksa.")
    forms.set_state(form, FormState.ACCEPTED)
    forms.copy_to_draft(form, Stage.ENTERED)
    return {"form": str(form.pk), "version": form.version}


def enter(actor: Employee, role: str, case: Case, data: StepData) -> Outcome:
    """Step 3: the figures are confirmed; each one that differs from what was accepted has its answer."""
    if data.form is not None:
        save_entered(actor, role, case, data.form)
    form = forms.draft_of(case.appraisal, Stage.ENTERED)
    entered = forms.data_of(form)
    found = forms.differences(accepted_data(case), entered)
    forms.answer_differences(form, found, data.answers)
    forms.set_state(form, FormState.SUBMITTED)
    return {"form": str(form.pk), "version": form.version, "differences": len(found)}


def assess(actor: Employee, role: str, case: Case, data: StepData) -> Outcome:
    """Step 4: the result is computed and kept, the document issued, and signed by the assessor.

    A document to be signed in ink is only issued: both parties sign the print, which comes back at step 5.
    """
    if data.assessment is not None:
        evaluation.save_draft(actor=actor, acting_as=role, appraisal=case.appraisal, draft=data.assessment)
    evaluation.approve(actor=actor, acting_as=role, appraisal=case.appraisal)
    forms.set_state(evaluation.entered_form(case.appraisal), FormState.ACCEPTED)
    capacity = _capacity(actor, case)
    document = documents.issue_document(
        actor=actor,
        acting_as=role,
        agency=case.agency,
        subject=case.employee,
        case_key=case.pk,
        year=case.period.year,
        data=measurement_data(case, assessor=acting_card(actor, case, capacity)),
        pen=data.pen,
    )
    CaseDocument.objects.create(case=case, document=document, step=case.step)
    if method_of(document) is not SignatureMethod.INK:
        documents.sign_document(
            actor=actor,
            acting_as=role,
            document=document,
            signed_as=SignedAs.ASSESSOR,
            seen_sha256=document.file.sha256,
            capacity=capacity.title,
            pen=data.pen,
        )
    return {"document": str(document.pk), "number": document.number}


def sign(actor: Employee, role: str, case: Case, data: StepData) -> Outcome:
    """Step 5: the employee signs what was shown, or brings the paper that both signed; this edition is then copied."""
    document = document_of(case)
    if method_of(document) is SignatureMethod.INK:
        signers = ink_signers(case, document)
        scan = next(iter(data.pen.scans), None)
        documents.sign_on_paper(actor=actor, acting_as=role, document=document, signers=signers, scan=scan)
    else:
        documents.sign_document(
            actor=actor,
            acting_as=role,
            document=document,
            signed_as=SignedAs.EMPLOYEE,
            seen_sha256=data.seen_sha256,
            pen=data.pen,
        )
    documents.close_signing(document=document)
    return {"document": str(document.pk), "sha256": document.final_file.sha256}


def ink_signers(case: Case, document: Document) -> list[Signer]:
    """Who signs the paper of step 5: whoever assessed, and the employee."""
    approver = case.appraisal.approved_by or case.assessor
    title = str(document.data["assessor"].get("role", ""))
    return [Signer(approver, SignedAs.ASSESSOR, title), Signer(case.employee, SignedAs.EMPLOYEE)]


def copy(actor: Employee, role: str, case: Case, data: StepData) -> Outcome:
    """Step 6: the copies are numbered; without a list of its own the case gets the office's usual one."""
    terms.check_no_objection_open(case)
    copies = usual_copies(case) if data.copies is None else data.copies
    made = record_copies(
        actor=actor, acting_as=role, document=document_of(case), copies=[_addressed(case, copy) for copy in copies]
    )
    return {"copies": len(made)}


def usual_copies(case: Case, document: Document | None = None) -> tuple[CopyData, ...]:
    """Whom the office's distribution list gives a copy of this document, handed over today."""
    today, names = clock.today(), _party_names(case)
    lines = lines_of(case.agency_id, (document or document_of(case)).kind)
    named = [(line.name or names.get(line.to, ""), line) for line in lines]
    return tuple(CopyData(name, line.form, today, line.ground) for name, line in named if name)


def _addressed(case: Case, copy: CopyData) -> CopyData:
    """A recipient named as a party of the case is that person, who then finds the copy in the program."""
    named = (to for to, name in _party_names(case).items() if name and name == copy.recipient.strip())
    party = next(named, None)
    return replace(copy, person=getattr(case, PARTIES[party])) if party and copy.person is None else copy


PARTIES = {
    Recipient.EMPLOYEE.value: "employee",
    Recipient.ASSESSOR.value: "assessor",
    Recipient.SUPERIOR.value: "assessor_superior",
}


def _party_names(case: Case) -> dict[str, str]:
    """The parties as the case's own snapshot names them; a document bears the same names."""
    shown = {Recipient.EMPLOYEE: "employee", Recipient.ASSESSOR: "assessor", Recipient.SUPERIOR: "superior"}
    return {to.value: (case.snapshot[key] or {"name": ""})["name"] for to, key in shown.items()}


def archive(actor: Employee, role: str, case: Case, data: StepData) -> Outcome:
    """Step 7: the document goes into its box."""
    terms.check_no_objection_open(case)
    deposit = deposit_document(
        actor=actor,
        acting_as=role,
        document=document_of(case),
        classification=data.classification,
        box_code=data.box,
        shelf=data.shelf,
    )
    return {"deposit": str(deposit.pk), "box": data.box.strip()}


def acknowledge(_actor: Employee, _role: str, _case: Case, data: StepData) -> Outcome:
    """A step that an office adds to its SOP, as for the Sekretaris: seen and let pass, with a note if there is one."""
    note = data.note.strip()
    if len(note) > LONGEST_NOTE:
        message = f"Catatan paling panjang {LONGEST_NOTE} huruf; ringkaslah."
        raise InvalidInput("Langkah belum selesai.", [Problem("Catatan", message)])
    return {"acknowledged": True, "note": note}


HANDLERS: dict[StepKind, Handler] = {
    StepKind.COLLECT: collect,
    StepKind.CHECK: check,
    StepKind.ENTER: enter,
    StepKind.ASSESS: assess,
    StepKind.SIGN: sign,
    StepKind.COPY: copy,
    StepKind.ARCHIVE: archive,
    StepKind.ACKNOWLEDGE: acknowledge,
}

# Acts that bind the person: the password is asked for again.
SIGNING = frozenset({StepKind.ASSESS, StepKind.SIGN})
LONGEST_NOTE = 1000


def save_collected(
    actor: Employee,
    role: str,
    case: Case,
    data: FormData,
    *,
    source: Source = Source.SCREEN,
    file: StoredFile | None = None,
) -> None:
    forms.save_draft(
        actor=actor,
        acting_as=role,
        appraisal=case.appraisal,
        stage=Stage.COLLECTED,
        data=data,
        source=source,
        file=file,
    )


def save_entered(actor: Employee, role: str, case: Case, data: FormData) -> None:
    forms.save_draft(
        actor=actor, acting_as=role, appraisal=case.appraisal, stage=Stage.ENTERED, data=data, source=Source.SCREEN
    )


def reopen(case: Case, flow: Flow, to_step: int) -> None:
    """Undo for a case that goes back what its steps from there on made of the form; what was sent is kept as returned."""
    steps = {step.kind: step.number for step in flow.steps}
    kind = next((kind for kind in REOPENED if steps.get(kind, 0) >= to_step), None)
    if kind is not None:
        REOPENED[kind](case)


def _reopen_collected(case: Case) -> None:
    """The collected form is open again, and what was entered from it is void."""
    _renew(case, Stage.COLLECTED, Stage.ENTERED)


def _recheck(case: Case) -> None:
    """What was collected is to be accepted anew; what was entered from it is void."""
    case.appraisal.forms.filter(stage=Stage.COLLECTED, state=FormState.ACCEPTED).update(state=FormState.SUBMITTED)
    case.appraisal.forms.filter(stage=Stage.ENTERED).update(state=FormState.RETURNED)


def _reopen_entered(case: Case) -> None:
    _renew(case, Stage.ENTERED)


def _renew(case: Case, *stages: Stage) -> None:
    """A fresh version of the first of these forms; all that was sent of them is returned."""
    appraisal = case.appraisal
    last = {stage: forms.latest(appraisal, stage) for stage in stages}
    for stage in stages:
        sent = appraisal.forms.filter(stage=stage).exclude(state=FormState.RETURNED)
        sent.update(state=FormState.RETURNED)
    first = stages[0]
    if (source := last[first]) is not None:
        forms.copy_to_draft(source, first)


# Of the kinds that a case which goes back will visit again, the first decides; later kinds have changed no form.
REOPENED: dict[StepKind, Callable[[Case], None]] = {
    StepKind.COLLECT: _reopen_collected,
    StepKind.CHECK: _recheck,
    StepKind.ENTER: _reopen_entered,
}


def accepted_data(case: Case) -> FormData:
    """What the Kasubbag accepted."""
    form = forms.latest(case.appraisal, Stage.COLLECTED, FormState.ACCEPTED)
    if form is None:
        raise NotAllowed("Belum ada formulir yang diterima Kasubbag.")
    return forms.data_of(form)


def document_of(case: Case) -> Document:
    """The document of the case that is in force: the one that no other has replaced."""
    links = case.documents.select_related("document__file", "document__signed_file", "document__subject")
    link = links.filter(document__successor__isnull=True).first()
    if link is None:
        raise NotAllowed("Dokumen pengukuran kinerja belum terbit.")
    return link.document


def _capacity(actor: Employee, case: Case) -> Capacity:
    """As what the actor does the open step; that he or she may was checked before."""
    capacity = capacity_of(actor, case, case.open_step) if case.open_step else None
    return capacity or Capacity(case.actor)
