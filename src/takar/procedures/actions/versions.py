"""An SOP comes in as a draft, is approved once and for all, and changes only as a new version."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import AlreadyDone, DomainError, InvalidInput, Problem
from takar.organisation.enums import Role
from takar.organisation.models import Agency, Employee
from takar.procedures import policies
from takar.procedures.enums import VersionState
from takar.procedures.models import Procedure, ProcedureVersion
from takar.procedures.queries import sop_of
from takar.rules.flow import Sop, SopError, parse_sop, plain


@transaction.atomic
def install_sop(*, actor: Employee, agency: Agency, data: Mapping[str, object]) -> ProcedureVersion:
    """A draft from an SOP as data; it takes the place of an open draft.

    The same content a second time changes nothing: the version that has it comes back, approved or not.
    """
    office = policies.check_can_install(actor, agency)
    sop = _read(data)
    procedure, _ = Procedure.objects.get_or_create(agency=agency, key=sop.key, defaults={"name": sop.identity.name})
    _lock(procedure)
    same = procedure.versions.filter(content_hash=_hash(plain(sop))).order_by("-version").first()
    if same:
        return same
    draft = procedure.versions.filter(state=VersionState.DRAFT).first() or _next_version(procedure)
    before = _summary(draft) if draft.content_hash else None
    _write(draft, sop)
    _record("procedure.drafted", draft, actor, office, before)
    return draft


@transaction.atomic
def approve_version(*, actor: Employee, version: ProcedureVersion, on: dt.date, by: str) -> ProcedureVersion:
    """Put a draft in force from the day `on`; `by` is the official who approved it, as the sheet shows it.

    From then on the database refuses every change.
    """
    office = policies.check_can_approve(actor, version.agency)
    draft = _lock_version(version)
    if draft.state == VersionState.APPROVED:
        raise AlreadyDone(f"{draft} sudah disahkan oleh {draft.approved_by}; tidak ada yang berubah.")
    before = _summary(draft)
    sop = sop_of(draft)
    draft.state, draft.approved_on = VersionState.APPROVED, on
    _write(draft, replace(sop, identity=replace(sop.identity, approved_on=on, approved_by=by)))
    _record("procedure.approved", draft, actor, office, before)
    return draft


@transaction.atomic
def revise_version(*, actor: Employee, version: ProcedureVersion) -> ProcedureVersion:
    """A draft that starts as a copy of an approved version, dated today as its revision."""
    office = policies.check_can_install(actor, version.agency)
    _lock(version.procedure)
    if version.state != VersionState.APPROVED:
        raise DomainError(f"{version} masih berupa rancangan. Ubahlah rancangan itu, tidak perlu merevisinya.")
    draft = version.procedure.versions.filter(state=VersionState.DRAFT).first()
    if draft:
        raise AlreadyDone(f"Rancangan revisi sudah ada: {draft}. Sahkan atau ubah rancangan itu dahulu.")
    sop = sop_of(version)
    revised = replace(sop, identity=replace(sop.identity, revised_on=clock.today(), approved_on=None))
    draft = _next_version(version.procedure)
    _write(draft, revised)
    _record("procedure.revised", draft, actor, office, _summary(version))
    return draft


def _read(data: Mapping[str, object]) -> Sop:
    try:
        return parse_sop(data)
    except SopError as error:
        problems = [Problem(finding.where, finding.message) for finding in error.findings]
        raise InvalidInput(
            f"SOP belum dapat dipasang: {len(problems)} hal harus diperbaiki. Tidak ada yang berubah.", problems
        ) from error


def _lock(procedure: Procedure) -> None:
    """Version numbers are given one at a time."""
    Procedure.objects.select_for_update().get(pk=procedure.pk)


def _lock_version(version: ProcedureVersion) -> ProcedureVersion:
    return ProcedureVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)


def _next_version(procedure: Procedure) -> ProcedureVersion:
    last = procedure.versions.order_by("-version").values_list("version", flat=True).first() or 0
    return ProcedureVersion(agency_id=procedure.agency_id, procedure=procedure, version=last + 1)


def _write(version: ProcedureVersion, sop: Sop) -> None:
    identity = sop.identity
    version.number, version.created_on, version.revised_on = identity.number, identity.created_on, identity.revised_on
    version.approved_by = identity.approved_by
    version.content = plain(sop)
    version.content_hash = _hash(version.content)
    version.save()


def _hash(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _summary(version: ProcedureVersion) -> dict[str, object]:
    return {
        "version": version.version,
        "number": version.number,
        "state": version.state,
        "revised_on": version.revised_on,
        "approved_on": version.approved_on,
        "approved_by": version.approved_by,
        "content_hash": version.content_hash,
    }


def _record(
    verb: str, version: ProcedureVersion, actor: Employee, office: Role, before: dict[str, object] | None
) -> None:
    record(
        stream=f"procedure:{version.procedure_id}",
        verb=verb,
        by=actor.by(office),
        subject=str(version),
        before=before,
        after=_summary(version),
    )
