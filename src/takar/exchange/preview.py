"""What a file would do: its good rows, and every problem by row and column, checked against the office as it is."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from takar.appraisal.enums import Regulation
from takar.appraisal.types import ActivityData, WorkPlanData
from takar.common import clock
from takar.exchange.formats.staff import RoleRow, StaffFile, StaffRow, read_staff, staff_problem
from takar.exchange.formats.targets import TargetRow, read_targets, same_name, target_problem
from takar.exchange.formats.work_plans import BesideRow, PlanRow, plan_of, plan_problem, read_work_plans
from takar.exchange.models import ImportBatch, ImportKind
from takar.exchange.tables import CellProblem
from takar.files.queries import read
from takar.organisation.models import Agency, Employee
from takar.organisation.queries import employees_by_nip, superiors_on
from takar.organisation.types import PersonData


@dataclass(frozen=True, slots=True)
class StaffPreview:
    rows: tuple[StaffRow, ...]
    roles: tuple[RoleRow, ...]
    problems: tuple[CellProblem, ...]
    ignored: tuple[str, ...]

    @property
    def people(self) -> list[PersonData]:
        """The good rows as the organisation takes them."""
        return [
            PersonData(
                nip=row.nip or None,
                name=row.name,
                title_front=row.title_front,
                title_back=row.title_back,
                kind=row.kind.value,
                rank=row.rank,
                standing=row.standing.value,
                post=row.post,
                post_kind=row.post_kind.value,
                echelon=row.echelon,
                unit=row.unit,
                superior_nip=row.superior_nip,
                superior_name=row.superior_name,
                superior_post=row.superior_post,
                level=row.level.value if row.level else "",
            )
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class TargetsPreview:
    rows: tuple[TargetRow, ...]
    people: dict[str, Employee]
    problems: tuple[CellProblem, ...]
    ignored: tuple[str, ...]

    def plans(self, year: int) -> dict[Employee, list[ActivityData]]:
        """The good rows of a year by person, numbered anew in the file's order."""
        plans: dict[Employee, list[ActivityData]] = {}
        for row in self.rows:
            if row.year == year:
                mine = plans.setdefault(self.people[row.nip], [])
                mine.append(_activity(len(mine) + 1, row))
        return plans

    @property
    def years(self) -> list[int]:
        return sorted({row.year for row in self.rows})

    @property
    def method(self) -> str:
        return Regulation.PP46.value


@dataclass(frozen=True, slots=True)
class WorkPlansPreview:
    """Whole plans only: where one row of somebody is wrong, none of that person's is taken in."""

    rows: tuple[PlanRow, ...]
    beside: tuple[BesideRow, ...]
    people: dict[str, Employee]
    problems: tuple[CellProblem, ...]
    ignored: tuple[str, ...]

    def plans(self, year: int) -> dict[Employee, WorkPlanData]:
        mine: dict[str, list[PlanRow]] = {}
        for row in self.rows:
            if row.year == year:
                mine.setdefault(row.nip, []).append(row)
        return {
            self.people[nip]: plan_of(rows, [b for b in self.beside if (b.nip, b.year) == (nip, year)])
            for nip, rows in mine.items()
        }

    @property
    def years(self) -> list[int]:
        return sorted({row.year for row in self.rows})

    @property
    def method(self) -> str:
        return Regulation.PERMENPAN6.value


Preview = StaffPreview | TargetsPreview | WorkPlansPreview


def preview(batch: ImportBatch) -> Preview:
    """Read the stored file again: what is decided on is always what the office looks like now."""
    return PREVIEWS[ImportKind(batch.kind)](read(batch.file), name=batch.name, agency=batch.agency)


def preview_staff(content: bytes, *, name: str, agency: Agency) -> StaffPreview:
    file = read_staff(content, name=name)
    known = employees_by_nip(_nips(file))
    problems = list(file.problems)
    rows = []
    for row in file.rows:
        other = known.get(row.nip)
        if other is not None and other.agency_id != agency.pk:
            problems.append(
                staff_problem(row, "nip", f"NIP ini terdaftar di {other.agency.name}; mutasikan dahulu dari sana.")
            )
        else:
            rows.append(row)
    rows, circling = _without_circles(rows, superiors_on(agency.pk, clock.today()))
    problems += [
        staff_problem(
            row,
            "superior_nip",
            "Atasan langsungnya menjadi bawahan pegawai ini sendiri menurut data yang tercatat; betulkan salah satunya.",
        )
        for row in circling
    ]
    rows, orphans = _with_superiors(rows, known.keys())
    problems += [
        staff_problem(
            row,
            "superior_nip",
            f"Atasan dengan NIP {row.superior_nip} tidak ada di berkas ini (atau barisnya salah) dan belum terdaftar; "
            "tambahkan barisnya, atau betulkan NIP-nya.",
        )
        for row in orphans
    ]
    nips = {row.nip for row in rows} | {nip for nip, person in known.items() if person.agency_id == agency.pk}
    roles = tuple(role for role in file.roles if role.nip in nips)
    problems += [
        CellProblem("Peran", role.number, "B", "NIP", f"Tidak ada pegawai dengan NIP {role.nip}; betulkan NIP-nya.")
        for role in file.roles
        if role.nip not in nips
    ]
    return StaffPreview(tuple(rows), roles, tuple(problems), file.ignored)


def preview_targets(content: bytes, *, name: str, agency: Agency) -> TargetsPreview:
    file = read_targets(content, name=name)
    known = employees_by_nip(row.nip for row in file.rows)
    problems = list(file.problems)
    rows = []
    for row in file.rows:
        column, text = _stranger(row.nip, row.name, known, agency)
        if text:
            problems.append(target_problem(row, column, text))
        else:
            rows.append(row)
    return TargetsPreview(tuple(rows), known, tuple(problems), file.ignored)


def preview_work_plans(content: bytes, *, name: str, agency: Agency) -> WorkPlansPreview:
    file = read_work_plans(content, name=name)
    known = employees_by_nip(row.nip for row in file.rows)
    problems = list(file.problems)
    for row in file.rows:
        column, text = _stranger(row.nip, row.name, known, agency)
        if text:
            problems.append(plan_problem(row, column, text))
    wrong = {row.nip for row in file.rows if _stranger(row.nip, row.name, known, agency)[1]} | file.spoilt
    rows = tuple(row for row in file.rows if row.nip not in wrong)
    return WorkPlansPreview(rows, file.beside, known, tuple(problems), file.ignored)


def _stranger(nip: str, name: str, known: Mapping[str, Employee], agency: Agency) -> tuple[str, str]:
    """The column and the reason where this is nobody of the office, or somebody else than the name says."""
    person = known.get(nip)
    if person is None or person.agency_id != agency.pk:
        return "nip", f"NIP {nip} belum terdaftar di kantor ini; impor dahulu daftar pegawai, atau betulkan NIP-nya."
    if name and not same_name(name, person.name):
        return (
            "name",
            f"Nama tidak cocok dengan NIP-nya, yang terdaftar atas nama {person.full_name}; betulkan salah satunya.",
        )
    return "", ""


def _nips(file: StaffFile) -> set[str]:
    nips = {nip for row in file.rows for nip in (row.nip, row.superior_nip) if nip}
    return nips | {role.nip for role in file.roles}


def _with_superiors(rows: Sequence[StaffRow], known: Collection[str]) -> tuple[list[StaffRow], list[StaffRow]]:
    """Rows whose superior is there, and those whose is not; leaving one out may orphan the next."""
    good, orphans = list(rows), list[StaffRow]()
    while True:
        nips = {row.nip for row in good}
        lost = [
            row for row in good if row.superior_nip and row.superior_nip not in nips and row.superior_nip not in known
        ]
        if not lost:
            return good, orphans
        orphans += lost
        good = [row for row in good if row not in lost]


def _without_circles(rows: Sequence[StaffRow], recorded: Mapping[str, str]) -> tuple[list[StaffRow], list[StaffRow]]:
    """Rows, and those from whom the way up, through the file and what is recorded, leads back to themselves."""
    above = {**recorded, **{row.nip: row.superior_nip for row in rows if row.nip}}
    circling = [row for row in rows if row.nip and row.nip in _way_up(row.nip, above)]
    return [row for row in rows if row not in circling], circling


def _way_up(nip: str, above: Mapping[str, str]) -> set[str]:
    """Everybody above, as far as the way goes before it repeats itself."""
    way: set[str] = set()
    while (nip := above.get(nip, "")) and nip not in way:
        way.add(nip)
    return way


def _activity(number: int, row: TargetRow) -> ActivityData:
    return ActivityData(
        number=number,
        name=row.activity,
        quantity=row.quantity,
        quantity_unit=row.quantity_unit,
        quality=row.quality,
        time=row.time,
        time_unit=row.time_unit,
        cost=row.cost,
        credit=row.credit,
    )


PREVIEWS: Mapping[ImportKind, Callable[..., Preview]] = {
    ImportKind.STAFF: preview_staff,
    ImportKind.TARGETS: preview_targets,
    ImportKind.WORK_PLANS: preview_work_plans,
}
