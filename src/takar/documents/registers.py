"""Reads on the register of copies: where each stands, which must come back, which wait for a receipt."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from takar.documents.enums import CopyEventKind, CopyForm, CopyState
from takar.documents.models import Copy, CopyEvent, Distribution
from takar.organisation.models import Employee

# What may be recorded next, by where the copy stands.
RECORDED_AFTER: Mapping[CopyState, tuple[CopyEventKind, ...]] = {
    CopyState.NOT_HANDED_OVER: (CopyEventKind.HANDED_OVER, CopyEventKind.LOST),
    CopyState.HANDED_OVER: (CopyEventKind.RECEIVED, CopyEventKind.RETURNED, CopyEventKind.LOST),
    CopyState.RECEIVED: (CopyEventKind.RETURNED, CopyEventKind.LOST),
    CopyState.RECALLED: (CopyEventKind.RETURNED, CopyEventKind.LOST),
    CopyState.VOID: (),
    CopyState.RETURNED: (),
    CopyState.LOST: (CopyEventKind.RETURNED,),
}


def copy_state(copy: Copy) -> CopyState:
    """From its events, and from whether its document still holds; they are best fetched beforehand.

    A void copy that was opened inside the program need not come back: the program shows it as void itself.
    """
    happened = {event.kind for event in copy.events.all()}
    if CopyEventKind.RETURNED in happened:
        return CopyState.RETURNED
    if CopyEventKind.LOST in happened:
        return CopyState.LOST
    handed_over = copy.handed_over_on is not None or CopyEventKind.HANDED_OVER in happened
    if copy.document.superseded_by is not None:
        inside = copy.person_id is not None and copy.form == CopyForm.ELECTRONIC
        return CopyState.RECALLED if handed_over and not inside else CopyState.VOID
    if CopyEventKind.RECEIVED in happened:
        return CopyState.RECEIVED
    return CopyState.HANDED_OVER if handed_over else CopyState.NOT_HANDED_OVER


def copy_by_key(key: str) -> Copy | None:
    """The copy whose sheet bears this code, with what `copy_state` asks for."""
    return _related(Copy.objects.filter(key=key)).first()


def register_of(agency_id: UUID, state: str = "") -> QuerySet[Copy]:
    """An office's copies, the newest first; `state` narrows to those that wait for something."""
    copies = _related(Copy.objects.filter(document__agency_id=agency_id)).order_by("-recorded_at", "number", "pk")
    return copies.filter(WANTED[state]()) if state in WANTED else copies


def delivered_to(person: Employee) -> QuerySet[Copy]:
    """Copies that were delivered to this person, the newest first."""
    return _related(Copy.objects.filter(person=person)).order_by("-recorded_at", "pk")


def distribution_of(agency_id: UUID, kind: str) -> list[Distribution]:
    """The office's list for a kind of document; empty where it keeps none of its own."""
    return list(Distribution.objects.filter(agency_id=agency_id, kind=kind).order_by("number"))


def _related(copies: QuerySet[Copy]) -> QuerySet[Copy]:
    related = ("document__successor", "document__subject", "document__agency", "person", "recorded_by")
    return copies.select_related(*related).prefetch_related("events__by")


def _has(kind: CopyEventKind) -> Exists:
    return Exists(CopyEvent.objects.filter(copy=OuterRef("pk"), kind=kind))


def _out() -> Q:
    return Q(~_has(CopyEventKind.RETURNED), ~_has(CopyEventKind.LOST))


def _handed_over() -> Q:
    return Q(handed_over_on__isnull=False) | Q(_has(CopyEventKind.HANDED_OVER))


def _recalled() -> Q:
    inside = Q(person__isnull=False, form=CopyForm.ELECTRONIC)
    return Q(document__successor__isnull=False) & ~inside & _handed_over() & _out()


def _awaiting_receipt() -> Q:
    return Q(~_has(CopyEventKind.RECEIVED), document__successor__isnull=True) & _handed_over() & _out()


def _not_handed_over() -> Q:
    return Q(document__successor__isnull=True) & ~_handed_over() & _out()


WANTED = {"tarik": _recalled, "terima": _awaiting_receipt, "serah": _not_handed_over}
