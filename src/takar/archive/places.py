"""Writes on shelves and boxes: set up, move, and the yearly check whether everything is where it is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from takar.archive.actions import box_on_shelf, check_places
from takar.archive.enums import CheckResult
from takar.archive.models import Box, BoxMove, Shelf, StockCheck, StockLine
from takar.archive.policies import check_can_keep_archive
from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed, Problem
from takar.organisation.models import Agency, Employee

LONGEST_REASON = 200
LONGEST_NAME = 120
MOST_CODES = 500


def add_box(*, actor: Employee, agency: Agency, box_code: str, shelf_code: str, room: str = "") -> Box:
    """A box file on a shelf, which is set up with it if it is new."""
    role = check_can_keep_archive(actor, agency)
    given = {"Box file": box_code.strip(), "Rak": shelf_code.strip()}
    check_places("Box belum dicatat.", given)
    if len(room.strip()) > LONGEST_NAME:
        raise InvalidInput("Box belum dicatat.", [Problem("Ruang", f"Paling panjang {LONGEST_NAME} huruf.")])
    with transaction.atomic():
        if Box.objects.filter(agency=agency, code=given["Box file"]).exists():
            raise InvalidInput("Box belum dicatat.", [Problem("Box file", "Box dengan kode itu sudah ada.")])
        box = box_on_shelf(agency, given["Box file"], given["Rak"])
        if room.strip() and box.shelf.room != room.strip():
            box.shelf.room = room.strip()
            box.shelf.save(update_fields=["room"])
        _record(agency, actor, role, "box.added", {"box": box.code, "shelf": box.shelf.code, "room": box.shelf.room})
    return box


def move_box(*, actor: Employee, box: Box, shelf_code: str, reason: str) -> BoxMove:
    """The box goes to another shelf; where it stood before stays in its history."""
    role = check_can_keep_archive(actor, box.agency)
    check_places("Box belum dipindahkan.", {"Rak": shelf_code.strip()})
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise InvalidInput(
            "Box belum dipindahkan.", [Problem("Alasan", f"Wajib diisi, paling panjang {LONGEST_REASON} huruf.")]
        )
    with transaction.atomic():
        # Without its shelf: PostgreSQL finds no row when the one it waited for has another shelf by then.
        locked = Box.objects.select_for_update(of=("self",)).get(pk=box.pk)
        shelf, _ = Shelf.objects.get_or_create(agency=box.agency, code=shelf_code.strip())
        if shelf == locked.shelf:
            raise InvalidInput("Box belum dipindahkan.", [Problem("Rak", f"Box ini sudah di rak {shelf.code}.")])
        move = BoxMove.objects.create(
            box=locked, origin=locked.shelf, target=shelf, reason=reason.strip(), at=clock.now(), by=actor
        )
        locked.shelf = shelf
        locked.save(update_fields=["shelf"])
        after = {"box": box.code, "from": move.origin.code, "shelf": shelf.code, "reason": move.reason}
        _record(box.agency, actor, role, "box.moved", after)
    return move


def start_check(*, actor: Employee, agency: Agency, name: str) -> StockCheck:
    """Begin the check; one at a time."""
    role = check_can_keep_archive(actor, agency)
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise InvalidInput(
            "Pemeriksaan belum dimulai.", [Problem("Nama", f"Wajib diisi, paling panjang {LONGEST_NAME} huruf.")]
        )
    with transaction.atomic():
        Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
        if running := StockCheck.objects.filter(agency=agency, closed_at=None).first():
            raise AlreadyDone(f"“{running.name}” masih berjalan; tutup dahulu pemeriksaan itu.")
        check = StockCheck.objects.create(agency=agency, name=name.strip(), started_at=clock.now(), started_by=actor)
        _record(agency, actor, role, "stock_check.started", {"name": check.name})
    return check


def confirm_box(*, actor: Employee, check: StockCheck, box: Box, shelf_code: str = "") -> StockLine:
    """The box was seen, on the shelf named or on its recorded one."""
    role = check_can_keep_archive(actor, check.agency)
    with transaction.atomic():
        _check_running(check)
        return _confirm(actor, role, check, box, shelf_code.strip() or box.shelf.code)


@dataclass(frozen=True, slots=True)
class Typed:
    """What came of a typed list of codes."""

    found: int
    problems: tuple[Problem, ...]


def confirm_codes(*, actor: Employee, check: StockCheck, shelf_code: str, codes: str) -> Typed:
    """Box codes as they were typed or scanned at one shelf, one a line; each bad one is named, the good ones stay."""
    role = check_can_keep_archive(actor, check.agency)
    wanted = list(dict.fromkeys(line.strip() for line in codes.splitlines() if line.strip()))
    if not wanted or len(wanted) > MOST_CODES:
        raise InvalidInput(
            "Belum ada yang dicatat.", [Problem("Kode box", f"Ketik satu sampai {MOST_CODES} kode, satu sebaris.")]
        )
    known = {
        box.code: box
        for box in Box.objects.select_related("shelf").filter(agency=check.agency, code__in=wanted).order_by("code")
    }
    seen = dict(StockLine.objects.filter(check_of=check, box__code__in=wanted).values_list("box__code", "seen"))
    problems = [Problem(code, "Tidak ada box dengan kode itu.") for code in wanted if code not in known]
    problems += [
        Problem(code, f"Sudah dicatat di rak {seen[code]} dalam pemeriksaan ini.") for code in wanted if code in seen
    ]
    fresh = [known[code] for code in wanted if code in known and code not in seen]
    with transaction.atomic():
        _check_running(check)
        for box in fresh:
            line = _confirm(actor, role, check, box, shelf_code.strip() or box.shelf.code)
            if line.result == CheckResult.MISPLACED:
                text = f"Tercatat di rak {line.recorded}, ditemukan di rak {line.seen}: pindahkan box atau catatannya."
                problems.append(Problem(box.code, text))
    return Typed(len(fresh), tuple(problems))


def close_check(*, actor: Employee, check: StockCheck) -> int:
    """Whatever was not seen is missing; gives how many."""
    role = check_can_keep_archive(actor, check.agency)
    with transaction.atomic():
        locked = _check_running(check)
        unseen = Box.objects.filter(agency=check.agency).exclude(pk__in=check.lines.values("box"))
        lines = [
            StockLine(
                check_of=locked,
                box=box,
                result=CheckResult.MISSING,
                recorded=box.shelf.code,
                at=clock.now(),
                by=actor,
            )
            for box in unseen.select_related("shelf").order_by("code")
        ]
        StockLine.objects.bulk_create(lines)
        locked.closed_at, locked.closed_by = clock.now(), actor
        locked.save(update_fields=["closed_at", "closed_by"])
        after = {"name": check.name, "missing": [line.box.code for line in lines]}
        _record(check.agency, actor, role, "stock_check.closed", after)
    return len(lines)


def _confirm(actor: Employee, role: str, check: StockCheck, box: Box, shelf_code: str) -> StockLine:
    if known := StockLine.objects.filter(check_of=check, box=box).first():
        raise AlreadyDone(f"Box {box.code} sudah dicatat dalam pemeriksaan ini: {known.get_result_display().lower()}.")
    result = CheckResult.FOUND if shelf_code == box.shelf.code else CheckResult.MISPLACED
    line = StockLine.objects.create(
        check_of=check, box=box, result=result, recorded=box.shelf.code, seen=shelf_code, at=clock.now(), by=actor
    )
    after = {"check": check.name, "box": box.code, "result": result.value, "shelf": shelf_code}
    _record(check.agency, actor, role, "box.checked", after)
    return line


def _check_running(check: StockCheck) -> StockCheck:
    locked = StockCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    if locked.closed_at is not None:
        raise NotAllowed(f"Pemeriksaan “{check.name}” sudah ditutup.")
    return locked


def _record(agency: Agency, actor: Employee, role: str, verb: str, after: Mapping[str, object]) -> None:
    record(stream=f"archive:{agency.pk}", verb=verb, by=actor.by(role), after=after)
