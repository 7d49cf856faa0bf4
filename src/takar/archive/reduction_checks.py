"""What a list and an act must fulfil, as sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from takar.archive.models import Reduction, ReductionItem
from takar.archive.queries import Living
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.rules.reductions import LONG_RETENTION, Act, ReductionKind
from takar.rules.retention import Proposal, Schedule

if TYPE_CHECKING:
    from takar.archive.reductions import ActData

MOST_ITEMS = 500
LONGEST = 200
LONGEST_TEXT = 5000
PROPOSALS = {
    ReductionKind.MOVE: {Proposal.MOVE},
    ReductionKind.DESTROY: {Proposal.DESTROY},
    ReductionKind.HAND_OVER: {Proposal.HAND_OVER},
}


def check_items(kind: ReductionKind, lives: Sequence[Living], schedules: Mapping[str, Schedule]) -> int:
    """Each is due, none is on another running list, and all need the same approvals; gives the longest retention."""
    problems = [] if 0 < len(lives) <= MOST_ITEMS else [Problem("Daftar", f"Pilih 1 sampai {MOST_ITEMS} arsip.")]
    problems += [
        Problem(life.deposit.number, "Sedang ditahan." if life.held else f"Belum waktunya untuk {kind.label.lower()}.")
        for life in lives
        if life.proposal not in PROPOSALS[kind]
    ]
    rows = [life.deposit for life in lives]
    busy = ReductionItem.objects.filter(deposit__in=rows, reduction__state="berjalan").select_related("reduction")
    problems += [
        Problem(str(item.description["number"]), f"Sudah ada dalam daftar {item.reduction.number}.") for item in busy
    ]
    years = {schedules[row.classification].years for row in rows if row.classification in schedules}
    if kind is ReductionKind.DESTROY and len({year >= LONG_RETENTION for year in years}) > 1:
        text = "Pisahkan arsip yang retensinya sepuluh tahun atau lebih: persetujuannya lain (PP 28/2012 Pasal 71, 72)."
        problems.append(Problem("Daftar", text))
    if problems:
        raise InvalidInput("Daftar belum dibuat.", problems)
    return max(years)


def check_act(act: Act, data: "ActData", reduction: Reduction) -> None:
    if problems := list(_problems(act, data, reduction)):
        raise InvalidInput("Belum dicatat.", problems)


def _problems(act: Act, data: "ActData", reduction: Reduction) -> Iterator[Problem]:
    if data.on is not None and data.on > clock.today():
        yield Problem("Tanggal", "Tanggal tidak boleh sesudah hari ini.")
    if act.letter and not data.number.strip():
        yield Problem("Nomor", "Isi nomor suratnya.")
    if act.letter and data.on is None:
        yield Problem("Tanggal", "Isi tanggal suratnya.")
    if len(data.number) > 120 or len(data.text) > LONGEST_TEXT:  # noqa: PLR2004 -- as the columns
        yield Problem("Nomor", f"Nomor paling panjang 120 huruf, keterangan {LONGEST_TEXT}.")
    yield from _people_problems(act, data)
    if act.verdicts:
        yield from _verdict_problems(data, reduction)
    if data.file is not None and not data.file[1].startswith(b"%PDF-"):
        yield Problem("Naskah", "Lampirkan naskahnya sebagai PDF.")


def _people_problems(act: Act, data: "ActData") -> Iterator[Problem]:
    whole = [person for person in data.people if person.name.strip() and person.detail.strip()]
    if len(whole) < act.people or len(whole) != len(data.people):
        yield Problem("Orang", f"Isi nama serta jabatan atau NIP paling sedikit {act.people} orang.")
    if len({person.name.strip().lower() for person in data.people}) != len(data.people):
        yield Problem("Orang", "Setiap orang disebut satu kali.")
    if any(len(person.name) > LONGEST or len(person.detail) > LONGEST for person in data.people):
        yield Problem("Orang", f"Nama dan jabatan paling panjang {LONGEST} huruf.")


def _verdict_problems(data: "ActData", reduction: Reduction) -> Iterator[Problem]:
    items = set(reduction.items.values_list("pk", flat=True).order_by())
    if set(data.kept) - items:
        yield Problem("Daftar", "Ada arsip yang bukan dari daftar ini; muat ulang halamannya.")
    if items and not items - set(data.kept):
        yield Problem("Daftar", "Semua arsip tetap disimpan; batalkan daftarnya.")
    if any(not 0 < len(reason.strip()) <= LONGEST for reason in data.kept.values()):
        yield Problem("Daftar", "Beri alasan untuk setiap arsip yang tetap disimpan.")
