"""Whatever stands in a workbook, reading it gives rows and problems or one refusal, never another error."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.exchange.sheets import xlsx

from takar.common.errors import InvalidInput
from takar.exchange.formats.form_tables import ACTIVITIES, ADDITIONAL, CODE_LABEL, CREATIVITY
from takar.exchange.formats.forms import read_forms
from takar.exchange.formats.staff import read_staff
from takar.exchange.formats.staff_columns import ROLES, STAFF
from takar.exchange.formats.targets import TARGETS, read_targets

TABLES = (STAFF, ROLES, TARGETS, ACTIVITIES, ADDITIONAL, CREATIVITY)
NIPS = ["197001011995031001", "199002022015042002", "199203152022211003"]
WORDS = [
    "PNS",
    "PPPK",
    "Pejabat lain",
    "III/a",
    "IX",
    "JFU",
    "Struktural",
    "Staf",
    "Kepala",
    "bulan",
    "Organisasi",
    "-",
]
SECTIONS = [ACTIVITIES.sheet_title, ADDITIONAL.sheet_title, CREATIVITY.sheet_title, CODE_LABEL, "NIP"]
CELLS = st.one_of(
    st.none(), st.sampled_from(NIPS + WORDS), st.sampled_from(["Drs. H. A, M.Si.", ", S.E.", "Contoh", "(1)", "2"]),
    st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 13), st.text(max_size=8), st.booleans(),
)  # fmt: skip
HEADERS = st.sampled_from([[column.title for column in table.columns] for table in TABLES])
ROWS = st.one_of(HEADERS, st.lists(CELLS, max_size=15), st.tuples(st.sampled_from(SECTIONS), CELLS).map(list))
SHEETS = st.dictionaries(
    st.sampled_from(["Pegawai", "Peran", "Target", "Lain"]), st.lists(ROWS, max_size=12), min_size=1
)


@pytest.mark.parametrize("read", [read_staff, read_targets, read_forms])
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sheets=SHEETS)
def test_any_cells_give_rows_and_problems_or_a_refusal(
    read: Callable[..., Any], sheets: dict[str, list[list[object]]]
) -> None:
    data = xlsx(sheets)
    try:
        found = read(data, name="x.xlsx")
    except InvalidInput as error:
        assert error.message.startswith("Berkas “x.xlsx” ")
    else:
        files = found if isinstance(found, tuple) else (found,)
        assert all(problem.message.endswith(".") for file in files for problem in file.problems)
