"""Writes that decide how long documents stay: codes, the retention schedule, the end of a career, and holds."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from takar.archive.data import shipped
from takar.archive.enums import EndGround, HoldGround
from takar.archive.models import Classification, Deposit, EndOfService, Hold, RetentionRule
from takar.archive.policies import check_is_kasubbag
from takar.archive.queries import check_code_known
from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import AlreadyDone, InvalidInput, Problem
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import check_can_manage_office
from takar.rules.retention import Fate

LONGEST = 200
LONGEST_CODE = 20
MOST_YEARS = 100


def add_classification(*, actor: Employee, agency: Agency, code: str, title: str, source: str) -> Classification:
    """A code that the ministry's list lacks, with the regulation that has it."""
    check_can_manage_office(actor, agency)
    code, title, source = code.strip(), title.strip(), source.strip()
    problems = [
        Problem(label, f"Wajib diisi, paling panjang {longest} huruf.")
        for label, text, longest in (
            ("Kode", code, LONGEST_CODE),
            ("Uraian", title, LONGEST),
            ("Dasar", source, LONGEST),
        )
        if not 0 < len(text) <= longest
    ]
    if code in shipped() or Classification.objects.filter(agency=agency, code=code).exists():
        problems.append(Problem("Kode", f"Kode {code} sudah ada."))
    if problems:
        raise InvalidInput("Kode klasifikasi belum ditambahkan.", problems)
    with transaction.atomic():
        added = Classification.objects.create(agency=agency, code=code, title=title, source=source)
        _record(agency, actor, "pengelola", "classification.added", {"code": code, "title": title, "source": source})
    return added


@dataclass(frozen=True, slots=True)
class RuleData:
    """A line of the JRA as it was filled in."""

    code: str
    active_years: int | None
    inactive_years: int | None
    fate: str
    source: str
    until_retirement: bool = True


def set_retention(*, actor: Employee, agency: Agency, data: RuleData) -> RetentionRule:
    """Fill or correct one line of the schedule; what was done under the old one stays done."""
    check_can_manage_office(actor, agency)
    check_code_known(agency.pk, data.code, "Jadwal retensi belum disimpan.")
    problems = [
        Problem(label, f"Isi dengan tahun, 0 sampai {MOST_YEARS}.")
        for label, years in (("Retensi aktif", data.active_years), ("Retensi inaktif", data.inactive_years))
        if years is None or not 0 <= years <= MOST_YEARS
    ]
    if data.fate not in set(Fate):
        problems.append(Problem("Keterangan", "Pilih musnah, permanen, atau dinilai kembali."))
    if not 0 < len(data.source.strip()) <= LONGEST:
        problems.append(Problem("Dasar", "Sebutkan peraturan JRA yang menetapkannya."))
    if problems:
        raise InvalidInput("Jadwal retensi belum disimpan.", problems)
    values = asdict(data) | {"source": data.source.strip()}
    with transaction.atomic():
        old = RetentionRule.objects.select_for_update(of=("self",)).filter(agency=agency, code=data.code).first()
        before = old and {name: getattr(old, name) for name in values}
        rule, _ = RetentionRule.objects.update_or_create(agency=agency, code=data.code, defaults=values)
        record(
            stream=f"archive:{agency.pk}",
            verb="retention.set",
            by=actor.by("pengelola"),
            before=before,
            after=values,
        )
    return rule


def record_end_of_service(
    *, actor: Employee, employee: Employee, on: dt.date | None, ground: str, letter: str
) -> EndOfService:
    """The day from which the person's documents are no longer active; a mistake is corrected by recording it again."""
    role = check_is_kasubbag(actor, employee.agency)
    problems = []
    if on is None or on > clock.today():
        problems.append(Problem("Tanggal", "Isi tanggal berakhirnya, paling akhir hari ini."))
    if ground not in EndGround.values:
        problems.append(Problem("Sebab", "Pilih dari daftar."))
    if not 0 < len(letter.strip()) <= LONGEST:
        problems.append(Problem("Surat keputusan", f"Wajib diisi, paling panjang {LONGEST} huruf."))
    if problems:
        raise InvalidInput("Akhir masa kerja belum dicatat.", problems)
    values = {"on": on, "ground": ground, "letter": letter.strip()}
    with transaction.atomic():
        old = EndOfService.objects.select_for_update(of=("self",)).filter(employee=employee).first()
        found, _ = EndOfService.objects.update_or_create(
            employee=employee,
            defaults={**values, "agency": employee.agency, "recorded_by": actor, "recorded_at": clock.now()},
        )
        record(
            stream=f"archive:{employee.agency_id}",
            verb="service.ended",
            by=actor.by(role),
            subject=f"employee:{employee.pk}",
            before=old and {name: getattr(old, name) for name in values},
            after=values,
        )
    return found


def hold_case(*, actor: Employee, acting_as: str, agency: Agency, case_key: UUID, reference: str) -> Hold:
    """Called by casework in the act that begins an objection: nothing of this case may go while it runs."""
    hold = Hold.objects.create(
        agency=agency,
        case_key=case_key,
        ground=HoldGround.OBJECTION,
        reference=reference[:LONGEST],
        placed_at=clock.now(),
        placed_by=actor,
    )
    _record_hold(hold, actor, acting_as, "archive.held")
    return hold


def release_case(*, actor: Employee, acting_as: str, case_key: UUID, reason: str) -> int:
    """Called by casework when the objection is decided; gives how many holds were lifted."""
    standing = Hold.objects.filter(case_key=case_key, ground=HoldGround.OBJECTION, lifted_at=None).order_by("pk")
    for hold in standing:
        _lift(hold, actor, acting_as, reason)
    return len(standing)


def hold_deposit(*, actor: Employee, deposit: Deposit, ground: str, reference: str) -> Hold:
    """A court or an inspection needs it: it may be read, and not destroyed."""
    role = check_is_kasubbag(actor, deposit.agency)
    if ground not in {HoldGround.CASE, HoldGround.INSPECTION} or not 0 < len(reference.strip()) <= LONGEST:
        raise InvalidInput("Arsip belum ditahan.", [Problem("Dasar", "Pilih sebabnya dan sebutkan suratnya.")])
    with transaction.atomic():
        hold = Hold.objects.create(
            agency=deposit.agency,
            deposit=deposit,
            ground=ground,
            reference=reference.strip(),
            placed_at=clock.now(),
            placed_by=actor,
        )
        _record_hold(hold, actor, role, "archive.held")
    return hold


def lift_hold(*, actor: Employee, hold: Hold, reason: str) -> Hold:
    """The case or the inspection is over."""
    role = check_is_kasubbag(actor, hold.agency)
    if not 0 < len(reason.strip()) <= LONGEST:
        raise InvalidInput("Penahanan belum dilepas.", [Problem("Alasan", "Wajib diisi, paling panjang 200 huruf.")])
    with transaction.atomic():
        locked = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
        if locked.lifted_at is not None:
            raise AlreadyDone("Penahanan ini sudah dilepas.")
        return _lift(locked, actor, role, reason.strip())


def _lift(hold: Hold, actor: Employee, role: str, reason: str) -> Hold:
    hold.lifted_at, hold.lifted_by, hold.lift_reason = clock.now(), actor, reason[:LONGEST]
    hold.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    _record_hold(hold, actor, role, "archive.released")
    return hold


def _record_hold(hold: Hold, actor: Employee, role: str, verb: str) -> None:
    subject = f"case:{hold.case_key}" if hold.case_key else f"deposit:{hold.deposit_id}"
    after = {"ground": hold.ground, "reference": hold.reference, "reason": hold.lift_reason}
    record(stream=f"archive:{hold.agency_id}", verb=verb, by=actor.by(role), subject=subject, after=after)


def _record(agency: Agency, actor: Employee, role: str, verb: str, after: Mapping[str, object]) -> None:
    record(stream=f"archive:{agency.pk}", verb=verb, by=actor.by(role), after=after)
