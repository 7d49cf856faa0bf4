"""Lending the paper out of its box, and taking it back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from takar.archive.enums import DepositState
from takar.archive.models import Deposit, Loan
from takar.archive.policies import check_can_keep_archive
from takar.audit.actions import record
from takar.common import clock, words
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed, Problem
from takar.organisation.models import Employee

LONGEST = 200
LONGEST_LOAN = dt.timedelta(days=366)
LENT = {DepositState.ACTIVE, DepositState.INACTIVE}


@dataclass(frozen=True, slots=True)
class LoanData:
    borrower: str
    purpose: str
    due_on: dt.date | None
    person: Employee | None = None


def lend(*, actor: Employee, deposit: Deposit, data: LoanData) -> Loan:
    """Give the paper to somebody until a day."""
    role = check_can_keep_archive(actor, deposit.agency)
    _check(data)
    assert data.due_on is not None  # noqa: S101 -- checked just now
    with transaction.atomic():
        locked = Deposit.objects.select_for_update(of=("self",)).get(pk=deposit.pk)
        if locked.state not in LENT or locked.box_id is None:
            raise NotAllowed(f"Arsip {locked.number} tidak ada di dalam box kantor, sehingga tidak dapat dipinjamkan.")
        if out := Loan.objects.filter(deposit=locked, returned_on=None).first():
            raise AlreadyDone(f"Arsip ini sedang dipinjam {out.borrower} sampai {words.date(out.due_on)}.")
        loan = Loan.objects.create(
            deposit=locked,
            borrower=data.borrower.strip(),
            person=data.person,
            purpose=data.purpose.strip(),
            lent_on=clock.today(),
            due_on=data.due_on,
            lent_by=actor,
        )
        _record(loan, actor, role, "archive.lent", {"borrower": loan.borrower, "due": loan.due_on})
    return loan


def take_back(*, actor: Employee, loan: Loan) -> Loan:
    """It lies in its box again."""
    role = check_can_keep_archive(actor, loan.deposit.agency)
    with transaction.atomic():
        locked = Loan.objects.select_for_update(of=("self",)).select_related("deposit").get(pk=loan.pk)
        if locked.returned_on is not None:
            raise AlreadyDone(f"Arsip ini sudah dicatat kembali pada {words.date(locked.returned_on)}.")
        locked.returned_on, locked.returned_to = clock.today(), actor
        locked.save(update_fields=["returned_on", "returned_to"])
        _record(locked, actor, role, "archive.returned", {"borrower": locked.borrower})
    return locked


def _check(data: LoanData) -> None:
    problems = []
    for label, text in (("Peminjam", data.borrower), ("Keperluan", data.purpose)):
        if not 0 < len(text.strip()) <= LONGEST:
            problems.append(Problem(label, f"Wajib diisi, paling panjang {LONGEST} huruf."))
    today = clock.today()
    if data.due_on is None or not today <= data.due_on <= today + LONGEST_LOAN:
        problems.append(Problem("Harus kembali", "Isi tanggal dari hari ini sampai paling lama setahun."))
    if problems:
        raise InvalidInput("Peminjaman belum dicatat.", problems)


def _record(loan: Loan, actor: Employee, role: str, verb: str, after: Mapping[str, object]) -> None:
    record(
        stream=f"archive:{loan.deposit.agency_id}",
        verb=verb,
        by=actor.by(role),
        subject=f"deposit:{loan.deposit_id}",
        after={"number": loan.deposit.number, **after},
    )
