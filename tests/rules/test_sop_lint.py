import copy
import datetime as dt
import re
from typing import Any

import pytest
from tests.rules.tables import cases
from tests.rules.test_flow import place, shipped_data

from takar.rules.flow import Sop, parse_sop
from takar.rules.sop_lint import CHECKS, Grade, as_written, lint
from takar.rules.sop_lint.legal import known, named_in, revoked

THE_SEVEN = {
    "role-without-step",
    "output-equals-input",
    "document-unmade",
    "no-way-back",
    "revoked-basis",
    "number-is-year",
    "assessor-unsigned",
}
CASES = cases("data/sop_lint.toml")


def read(case: dict[str, Any]) -> Sop:
    data = copy.deepcopy(shipped_data())
    for path, value in case.get("set", {}).items():
        container, key = place(data, path)
        container[key] = value
    sop = parse_sop(data)
    return as_written(sop) if case["reading"] == "written" else sop


def told(case: dict[str, Any]) -> list[str]:
    return [f"{finding.code} {finding.place}" for finding in lint(read(case), case["on"])]


@pytest.mark.parametrize("case", CASES)
def test_lint_finds_what_the_table_says(case: dict[str, Any]) -> None:
    first = CASES[0].values[0]["found"]
    found = told(case)
    if "found" in case:
        assert found == case["found"]
    else:
        assert (sorted(set(first) - set(found)), sorted(set(found) - set(first))) == (
            sorted(case["gone"]),
            sorted(case["new"]),
        )


def test_lint_finds_the_seven_in_the_source() -> None:
    source = as_written(parse_sop(shipped_data()))
    assert {f.code for f in lint(source, dt.date(2023, 7, 10)) if f.grade is Grade.WRONG} == THE_SEVEN


def test_every_check_of_the_table_is_reached_by_a_case() -> None:
    reached = {finding.split()[0] for case in CASES for finding in told(case.values[0])}
    assert reached == {check.code for check in CHECKS}


def test_every_finding_says_where_what_why_and_what_to_do() -> None:
    for finding in lint(as_written(parse_sop(shipped_data())), dt.date(2026, 1, 12)):
        assert finding.place
        for text in (finding.sentence, finding.why, finding.cure):
            assert re.search(r"\S.*\.$", text), finding


def test_as_written_takes_back_only_our_reading() -> None:
    sop = parse_sop(shipped_data())
    written = as_written(sop)
    assert [(step.number, step.returns_to, step.symbol.value) for step in written.flow.steps if step.returns_to] == []
    assert as_written(written) == written
    assert [step.number for step in sop.flow.steps if step.returns_read] == [2, 4]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Undang-Undang Nomor 5 Tahun 2014 tentang Aparatur Sipil Negara", ("uu", 5, 2014)),
        ("PP 46/2011", ("pp", 46, 2011)),
        ("Permen PANRB Nomor 8 Tahun 2021", ("permenpanrb", 8, 2021)),
        ("Peraturan Menteri Pendayagunaan Aparatur Negara Nomor 6 Tahun 2022", ("permenpanrb", 6, 2022)),
        ("Perka BKN Nomor 1 Tahun 2013 tentang Ketentuan Pelaksanaan PP Nomor 46 Tahun 2011", ("bkn", 1, 2013)),
        ("PER/21/M.PAN/11/2008", ("permenpanrb", 21, 2008)),
        ("Permendagri Nomor 73 Tahun 2009 tentang Tata Cara", ("permendagri", 73, 2009)),
        ("Keputusan Bupati Nomor 4 Tahun 2020", None),
        ("Peraturan Pemerintah tentang Penilaian", None),
    ],
)
def test_named_in_reads_what_stands_before_tentang(text: str, named: tuple[str, int, int] | None) -> None:
    assert named_in(text) == named


@pytest.mark.parametrize("row", known(), ids=lambda row: f"{row.kind}-{row.number}-{row.year}")
def test_a_regulation_is_revoked_from_its_day_on(row: Any) -> None:
    texts = {"uu": "UU", "pp": "PP", "bkn": "Perka BKN", "permenpanrb": "PermenPANRB"}
    text = f"{texts[row.kind]} {row.number}/{row.year}"
    assert (revoked(text, row.until - dt.timedelta(days=1)), revoked(text, row.until)) == (None, row)
    assert row.confidence in {"H", "M"}
    assert row.source
