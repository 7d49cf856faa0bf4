"""An SOP comes in as a draft, is approved once and for all, and changes only as a new version."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from takar.accounts.actions import confirm_password
from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import AlreadyDone, DomainError, InvalidInput, Problem
from takar.organisation.enums import Role
from takar.organisation.models import Agency, Employee
from takar.procedures import policies
from takar.procedures.enums import VersionState
from takar.procedures.models import Procedure, ProcedureVersion
from takar.procedures.queries import sop_of
from takar.rules.flow import Sop, SopError, parse_sop, plain, unexecutable, validate


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


def approve_draft(*, actor: Employee, password: str, version: ProcedureVersion, **approval: Any) -> ProcedureVersion:
    """The same as `approve_version`, by somebody at a screen: the password is asked for first, and wrong tries count."""
    policies.check_can_approve(actor, version.agency)
    confirm_password(user=actor.user, password=password)
    return approve_version(actor=actor, version=version, **approval)


@transaction.atomic
def approve_version(
    *,
    actor: Employee,
    version: ProcedureVersion,
    on: dt.date,
    by: str,
    number: str = "",
    effective_on: dt.date | None = None,
) -> ProcedureVersion:
    """Put a draft in force from `effective_on`, or from the day `on` of its approval; `by` is who approved it.

    `number` replaces the draft's. From then on the database refuses every change.
    """
    office = policies.check_can_approve(actor, version.agency)
    draft = _lock_version(version)
    if draft.state == VersionState.APPROVED:
        raise AlreadyDone(f"{draft} sudah disahkan oleh {draft.approved_by}; tidak ada yang berubah.")
    before = _summary(draft)
    sop = sop_of(draft)
    _check_approvable(draft, sop, on, effective_on, by)
    draft.state, draft.approved_on = VersionState.APPROVED, on
    approved = replace(
        sop.identity,
        approved_on=on,
        approved_by=by.strip(),
        effective_on=effective_on,
        number=number.strip() or sop.identity.number,
    )
    _write(draft, replace(sop, identity=approved))
    _record("procedure.approved", draft, actor, office, before)
    return draft


def _check_approvable(draft: ProcedureVersion, sop: Sop, on: dt.date, effective_on: dt.date | None, by: str) -> None:
    problems = [Problem(finding.where, finding.message) for finding in unexecutable(sop.flow)]
    if draft.typed is not None:
        problems.append(Problem("Rancangan", "Isian terakhirnya belum lengkap; perbaiki dan simpan dahulu."))
    if on < sop.identity.created_on:
        problems.append(Problem("Tanggal pengesahan", "Mendahului tanggal pembuatan; perbaiki salah satunya."))
    if effective_on and effective_on < on:
        problems.append(Problem("Tanggal efektif", "Tidak boleh mendahului tanggal pengesahan."))
    if not by.strip():
        problems.append(Problem("Disahkan oleh", "Isi jabatan yang mengesahkan."))
    if problems:
        raise InvalidInput("SOP belum disahkan; rancangannya tetap seperti semula.", problems)


@transaction.atomic
def revise_version(*, actor: Employee, version: ProcedureVersion) -> ProcedureVersion:
    """A draft that starts as a copy of an approved version, dated today as its revision."""
    office = policies.check_can_install(actor, version.agency)
    draft = _revision(version)
    _record("procedure.revised", draft, actor, office, _summary(version))
    return draft


def _revision(version: ProcedureVersion) -> ProcedureVersion:
    _lock(version.procedure)
    if version.state != VersionState.APPROVED:
        raise DomainError(f"{version} masih berupa rancangan. Ubahlah rancangan itu, tidak perlu merevisinya.")
    draft = version.procedure.versions.filter(state=VersionState.DRAFT).first()
    if draft:
        raise AlreadyDone(f"Rancangan revisi sudah ada: {draft}. Sahkan atau ubah rancangan itu dahulu.")
    sop = sop_of(version)
    drawn = tuple(replace(step, returns_read=False) for step in sop.flow.steps)  # the office draws the ways back itself
    sop = replace(sop, flow=replace(sop.flow, steps=drawn))
    revised = replace(
        sop, identity=replace(sop.identity, revised_on=clock.today(), approved_on=None, effective_on=None)
    )
    draft = _next_version(version.procedure)
    _write(draft, revised)
    return draft


@transaction.atomic
def save_draft(
    *, actor: Employee, version: ProcedureVersion, content: Mapping[str, object], seen: str = ""
) -> tuple[Problem, ...]:
    """Keep what was typed into a draft; gives what is still wrong with it, none when it is an SOP again.

    What cannot be read as an SOP is kept as typed, so that nothing is lost. `seen` is the fingerprint of the draft that
    the person worked on: if somebody else changed it meanwhile, nothing is written.
    """
    office = policies.check_can_install(actor, version.agency)
    draft = _lock_version(version)
    if draft.state == VersionState.APPROVED:
        raise AlreadyDone(f"{draft} sudah disahkan oleh {draft.approved_by}; tidak ada yang berubah.")
    if seen and seen != draft.content_hash:
        raise InvalidInput(
            "Rancangan ini diubah orang lain sesudah Anda membukanya, sehingga belum disimpan. Isian Anda masih di bawah; "
            "simpan sekali lagi untuk menggantikan yang tersimpan, atau buka kembali halamannya."
        )
    before = _summary(draft)
    try:
        sop = parse_sop(content)
    except SopError as error:
        draft.typed, draft.content_hash = dict(content), _hash(content)
        draft.save(update_fields=["typed", "content_hash"])
        problems = tuple(Problem(finding.where, finding.message) for finding in error.findings)
    else:
        _write(draft, sop)
        problems = tuple(Problem(finding.where, finding.message) for finding in unexecutable(sop.flow))
    if draft.content_hash != before["content_hash"]:
        _record("procedure.edited", draft, actor, office, before)
    return problems


@transaction.atomic
def discard_draft(*, actor: Employee, version: ProcedureVersion) -> None:
    """Throw a draft away; the record keeps that there was one."""
    office = policies.check_can_install(actor, version.agency)
    draft = _lock_version(version)
    if draft.state == VersionState.APPROVED:
        raise AlreadyDone(f"{draft} sudah disahkan oleh {draft.approved_by}; tidak ada yang berubah.")
    _record("procedure.discarded", draft, actor, office, _summary(draft))
    draft.delete()


@transaction.atomic
def revise_times(
    *, actor: Employee, version: ProcedureVersion, minutes: Mapping[int, int], reason: str
) -> ProcedureVersion:
    """A draft in which only standard times differ from an approved version; also by whoever approves SOPs."""
    office = policies.check_can_revise_times(actor, version.agency)
    draft = _revision(version)
    sop = sop_of(draft)
    steps = tuple(
        replace(step, standard_minutes=minutes.get(step.number, step.standard_minutes)) for step in sop.flow.steps
    )
    revised = replace(sop, flow=replace(sop.flow, steps=steps))
    if problems := validate(revised.flow):
        raise InvalidInput("Rancangan belum dibuat.", [Problem(finding.where, finding.message) for finding in problems])
    _write(draft, revised)
    _record("procedure.revised", draft, actor, office, _summary(version), reason=reason)
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
    version.approved_by, version.effective_on, version.typed = identity.approved_by, identity.effective_on, None
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
        "effective_on": version.effective_on,
        "approved_by": version.approved_by,
        "content_hash": version.content_hash,
    }


def _record(
    verb: str,
    version: ProcedureVersion,
    actor: Employee,
    office: Role,
    before: dict[str, object] | None,
    *,
    reason: str = "",
) -> None:
    record(
        stream=f"procedure:{version.procedure_id}",
        verb=verb,
        by=actor.by(office),
        subject=str(version),
        before=before,
        after=_summary(version),
        reason=reason,
    )
