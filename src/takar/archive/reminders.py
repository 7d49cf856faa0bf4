"""Who is told that a lent document is due, and that it is late: each once, by the office's reminders."""

from takar.archive.models import Loan
from takar.archive.queries import open_loans
from takar.common import clock, words
from takar.notices.actions import tell
from takar.notices.enums import NoticeKind, Place
from takar.notices.types import Message
from takar.organisation.models import Agency, Employee


def tell_of_loans(agency: Agency) -> int:
    """On the last day and after it, to who lent it and to a borrower of the office; gives how many were told."""
    today = clock.today()
    due = open_loans(agency.pk).filter(due_on__lte=today)
    return tell(_message(loan, person, late=loan.due_on < today) for loan in due for person in _concerned(loan))


def _concerned(loan: Loan) -> list[Employee]:
    return [loan.lent_by, *([loan.person] if loan.person and loan.person != loan.lent_by else [])]


def _message(loan: Loan, person: Employee, *, late: bool) -> Message:
    state = "lewat tanggal" if late else "harus kembali hari ini"
    text = f"Pinjaman arsip {state}: {loan.deposit.number} pada {loan.borrower}, sampai {words.date(loan.due_on)}."
    key = f"loan:{loan.pk}:{'late' if late else 'due'}"
    return Message(person, key, NoticeKind.ARCHIVE, text, Place.LOANS)
