"""The staff list that an office keeps as a spreadsheet: people, posts, superiors, and who holds the procedure's roles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from takar.exchange.formats.ranks import RANKS
from takar.exchange.formats.staff_columns import (
    EXAMPLE,
    JOB_LEVELS,
    KINDS,
    POST_KINDS,
    ROLE_NAMES,
    ROLES,
    ROLES_EXAMPLE,
    STAFF,
    STANDINGS,
    STEPS,
)
from takar.exchange.names import split_titles
from takar.exchange.tables import CellProblem, Row, TableData, TableSource, find_titled, read_rows, read_table
from takar.exchange.workbook import Workbook, read_workbook
from takar.exchange.writing import Cell, Output, write_instructions, write_table
from takar.organisation.enums import JobLevel, PersonKind, PostKind, Role, Standing
from takar.rules.nip import format_nip

__all__ = [
    "RoleRow",
    "StaffFile",
    "StaffRow",
    "read_staff",
    "split_titles",
    "staff_problem",
    "staff_template",
    "write_staff",
]


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One person; `superior_name` and `superior_post` are filled only for a superior without NIP."""

    number: int
    nip: str
    name: str
    title_front: str
    title_back: str
    kind: PersonKind
    rank: str
    post: str
    post_kind: PostKind
    echelon: str
    unit: str
    standing: Standing
    superior_nip: str = ""
    superior_name: str = ""
    superior_post: str = ""
    level: JobLevel | None = None
    source: TableSource = field(default=TableSource(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class RoleRow:
    number: int
    role: Role
    nip: str


@dataclass(frozen=True, slots=True)
class StaffFile:
    """The rows that can be taken in, everything that is wrong with the others, and columns that nothing reads."""

    rows: tuple[StaffRow, ...]
    roles: tuple[RoleRow, ...]
    problems: tuple[CellProblem, ...]
    ignored: tuple[str, ...]

    @property
    def outside_superiors(self) -> tuple[StaffRow, ...]:
        """Rows whose superior is no good row of this file: whoever takes them in must know the superior already."""
        inside = {row.nip for row in self.rows}
        return tuple(row for row in self.rows if row.superior_nip and row.superior_nip not in inside)


def read_staff(data: bytes, *, name: str) -> StaffFile:
    """Read the list, and the role holders when there is a sheet for them."""
    workbook = read_workbook(data, name=name)
    staff = read_table(workbook, STAFF)
    roles = _read_roles(workbook)
    return StaffFile(
        rows=tuple(_staff_row(row, staff.source) for row in staff.good_rows),
        roles=tuple(RoleRow(row.number, row.values["role"], row.values["nip"]) for row in roles.good_rows),
        problems=staff.problems + roles.problems,
        ignored=staff.ignored + roles.ignored,
    )


def staff_problem(row: StaffRow, column: str, message: str) -> CellProblem:
    """What somebody else found about a cell of the row."""
    return row.source.problem(row.number, column, message)


def staff_template() -> bytes:
    """An empty list with instructions, drop-down lists and an example row that reading skips."""
    output = Output()
    write_instructions(output, "Daftar Pegawai dan Pemegang Peran", STEPS, (STAFF, ROLES))
    write_table(output, STAFF, (), example=EXAMPLE)
    write_table(output, ROLES, (), example=ROLES_EXAMPLE)
    return output.finish()


def write_staff(rows: Sequence[StaffRow], roles: Sequence[RoleRow] = ()) -> bytes:
    """The list filled in, in the layout that `read_staff` reads."""
    output = Output()
    names = {row.nip: row.name for row in rows}
    write_table(output, STAFF, (_staff_cells(row) for row in rows))
    write_table(output, ROLES, (_role_cells(role, names) for role in roles))
    return output.finish()


def _read_roles(workbook: Workbook) -> TableData:
    sheet = find_titled(workbook, ROLES)
    return read_rows(sheet, ROLES, 0, len(sheet.rows)) if sheet else TableData((), ())


def _staff_row(row: Row, source: TableSource) -> StaffRow:
    values = dict(row.values)
    if not values["title_front"] and not values["title_back"]:
        values["title_front"], values["name"], values["title_back"] = split_titles(values["name"])
    if values["superior_nip"]:
        values["superior_name"] = values["superior_post"] = ""
    return StaffRow(number=row.number, source=source, **values)


def _staff_cells(row: StaffRow) -> Mapping[str, Cell]:
    rank = f"{RANKS[row.rank]} ({row.rank})" if row.rank in RANKS else row.rank
    return {
        "nip": format_nip(row.nip),
        "name": row.name,
        "title_front": row.title_front,
        "title_back": row.title_back,
        "kind": _word(KINDS, row.kind),
        "rank": rank,
        "post": row.post,
        "post_kind": _word(POST_KINDS, row.post_kind),
        "echelon": row.echelon,
        "unit": row.unit,
        "standing": _word(STANDINGS, row.standing),
        "superior_nip": format_nip(row.superior_nip),
        "superior_name": row.superior_name,
        "superior_post": row.superior_post,
        "level": _word(JOB_LEVELS, row.level) if row.level else "",
    }


def _role_cells(role: RoleRow, names: Mapping[str, str]) -> Mapping[str, Cell]:
    return {"role": _word(ROLE_NAMES, role.role), "nip": format_nip(role.nip), "name": names.get(role.nip, "")}


def _word(words: Mapping[str, object], meaning: object) -> str:
    return next(word for word, known in words.items() if known == meaning)
