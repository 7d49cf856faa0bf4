"""Everything that waits for one person's signature, and the one act that signs what was shown, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from takar.casework import terms
from takar.casework.act_policies import check_can_record
from takar.casework.actions import BulkLine, do_step, line_of
from takar.casework.acts import What, do_act
from takar.casework.aftermath import DESK, Kind, hindrance, regime_of
from takar.casework.models import Case, CaseDocument
from takar.casework.queries import tasks_of_kind
from takar.casework.steps import StepData
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.documents.actions import confirm_signer
from takar.documents.enums import SignatureMethod
from takar.documents.models import Document
from takar.documents.signatures import method_of
from takar.documents.signing.pen import Pen
from takar.organisation.models import Employee
from takar.organisation.queries import mandates_of
from takar.rules.flow import StepKind

RATIFY = "ratify"
MOST = 200
RELATED = ("agency", "period", "run__version", "open_step", "appraisal", "employee", "assessor", "assessor_superior")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One document that waits: at step 5 of its case, or for ratification."""

    case: Case
    document: Document
    ratifies: bool

    @property
    def key(self) -> str:
        """What a ticked box sends: the case, what is signed there, and the very content that was shown."""
        return f"{self.case.pk}:{RATIFY if self.ratifies else 'sign'}:{self.document.final_file.sha256}"

    @property
    def method(self) -> SignatureMethod:
        return method_of(self.document)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line that was ticked."""

    case_id: UUID
    ratifies: bool
    seen_sha256: str


def waiting_signatures(reader: Employee) -> list[Waiting]:
    """Documents to be signed by this person now, oldest first; a bounded number of queries."""
    signing = list(tasks_of_kind(reader, StepKind.SIGN).select_related(*RELATED)[:MOST])
    ratifying = list(_to_ratify(reader))
    documents = _documents([*signing, *ratifying])
    own = [Waiting(case, documents[case.pk], ratifies=False) for case in signing if case.pk in documents]
    return own + [Waiting(case, documents[case.pk], ratifies=True) for case in ratifying if case.pk in documents]


def sign_many(
    *, actor: Employee, choices: Sequence[Choice], password: str, code: str = "", pen: Pen | None = None
) -> list[BulkLine]:
    """Sign every chosen document that is still the one that was shown; each is an act of its own with its own line."""
    if not choices:
        told = Problem("Pilihan", "Centang dahulu dokumen yang sudah Anda baca.")
        raise InvalidInput("Belum ada yang ditandatangani.", [told])
    confirm_signer(actor=actor, password=password, code=code)
    mine = {waiting.case.pk: waiting for waiting in waiting_signatures(actor)}
    return [_line(actor, choice, mine.get(choice.case_id), pen or Pen()) for choice in choices]


def _line(actor: Employee, choice: Choice, waiting: Waiting | None, pen: Pen) -> BulkLine:
    if waiting is None or waiting.ratifies != choice.ratifies:
        name = Case.objects.filter(pk=choice.case_id, employee=actor).values_list("code", "name").first() or ("-", "-")
        return BulkLine(*name, done=False, message="Dokumen ini tidak lagi menunggu tanda tangan Anda.")
    case = waiting.case

    def act() -> Case:
        if waiting.method is SignatureMethod.INK:
            raise NotAllowed("Dokumen ini ditandatangani dengan pena; unggah pindaiannya pada halaman berkasnya.")
        if choice.ratifies:
            kind = regime_of(case.appraisal.method).kind(RATIFY)
            assert kind is not None  # noqa: S101 -- it waits for it
            do_act(actor, case.pk, What(kind, seen_sha256=choice.seen_sha256), pen.fresh())
        else:
            do_step(actor, case.task_id, StepData(seen_sha256=choice.seen_sha256, pen=pen.fresh()))
        return case

    return line_of(case, act)


def _to_ratify(reader: Employee) -> Iterator[Case]:
    """Cases in which the reader stands above the assessor, and in which nothing hinders the ratification."""
    held = mandates_of(reader, clock.today())
    places = [reader.pk, *(mandate.principal_id for mandate in held if mandate.principal_id)]
    cases = list(
        Case.objects.filter(assessor_superior__in=places, appraisal__approved_at__isnull=False)
        .exclude(acts__kind__in=[RATIFY, "set", "confirm", "change"])
        .select_related(*RELATED)
        .order_by("since", "name", "pk")[:MOST]
    )
    for case, state in ((case, states[case.pk]) for states in [terms.states_of(cases)] for case in cases):
        kind = state.regime.kind(RATIFY)
        if kind is not None and not hindrance(kind, state.facts) and _is_mine(reader, case, kind):
            yield case


def _is_mine(reader: Employee, case: Case, kind: Kind) -> bool:
    try:
        return check_can_record(reader, case, kind) != DESK
    except NotAllowed:
        return False


def _documents(cases: Sequence[Case]) -> dict[UUID, Document]:
    """The document in force of each case, with its signatures and their editions."""
    related = ("document__file", "document__signed_file", "document__agency")
    links = CaseDocument.objects.filter(case__in=cases, document__successor__isnull=True).select_related(*related)
    found = links.prefetch_related("document__signatures__file").order_by("pk")
    return {link.case_id: link.document for link in found}
