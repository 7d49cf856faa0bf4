import copy
import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takar import procedures
from takar.rules.flow import (
    EXTERNAL,
    Actor,
    ActorKind,
    Flow,
    Input,
    InputKind,
    Output,
    Sop,
    SopError,
    Step,
    StepKind,
    Symbol,
    missing_inputs,
    parse_sop,
    plain,
    validate,
)

SHIPPED = Path(procedures.__file__).parent / "data" / "sop-penilaian-skp.toml"
CASES = tomllib.loads((Path(__file__).parent / "data" / "flow_findings.toml").read_text(encoding="utf-8"))["case"]


def shipped_data() -> dict[str, Any]:
    return tomllib.loads(SHIPPED.read_text(encoding="utf-8"))


def shipped() -> Sop:
    return parse_sop(shipped_data())


def place(data: Any, path: str) -> tuple[Any, Any]:
    """The container and the key or index that a path such as flow.steps.2.actor names."""
    *parents, last = [int(part) - 1 if part.isdigit() else part for part in path.split(".")]
    for part in parents:
        data = data[part]
    return data, last


def changed(case: dict[str, Any]) -> dict[str, Any]:
    data = copy.deepcopy(shipped_data())
    for path, value in case.get("set", {}).items():
        container, key = place(data, path)
        container[key] = value
    for path in case.get("remove", []):
        container, key = place(data, path)
        del container[key]
    return data


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_parse_sop_says_everything_that_is_wrong(case: dict[str, Any]) -> None:
    try:
        parse_sop(changed(case))
        said = []
    except SopError as error:
        said = [str(finding) for finding in error.findings]
    assert said == case["findings"]


@pytest.mark.parametrize("data", [[], "SOP", None])
def test_parse_sop_refuses_what_is_no_table(data: Any) -> None:
    with pytest.raises(SopError) as raised:
        parse_sop(data)
    assert str(raised.value) == "SOP: Isian ini harus berupa tabel dengan nama isian."


def test_shipped_sop_has_the_identity_of_the_source() -> None:
    identity = shipped().identity
    assert plain(identity) == {
        "agency": "Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu, Transmigrasi dan Tenaga Kerja",
        "region": "Kabupaten Balangan",
        "seat": "Paringin",
        "number": "2023",
        "name": "Pelaksanaan Pengukuran Kinerja / Penilaian SKP",
        "created_on": "2023-07-10",
        "approved_by": "Kepala Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu, Transmigrasi dan Tenaga Kerja",
        "revised_on": None,
        "approved_on": "2023-07-10",
        "effective_on": None,
    }


def test_shipped_sop_has_every_list_of_the_cover() -> None:
    sop = shipped()
    lists = (sop.legal_basis, sop.qualifications, sop.related_procedures, sop.equipment, sop.warnings, sop.records)
    assert [len(items) for items in lists] == [7, 4, 4, 4, 1, 1]
    assert sop.legal_basis[4] == (
        "Peraturan Pemerintah Nomor 46 Tahun 2011 tentang Penilaian Prestasi Kerja Pegawai Negeri Sipil."
    )


def test_shipped_sop_has_the_columns_of_the_source() -> None:
    assert [(actor.label, actor.kind.value) for actor in shipped().flow.actors] == [
        ("Atasan Langsung", "relation"),
        ("Sekretaris", "office"),
        ("Kasubbag Umum dan Kepegawaian", "office"),
        ("Para Pegawai", "relation"),
        ("Staf", "office"),
    ]


def test_shipped_sop_has_the_rows_of_the_source() -> None:
    flow = shipped().flow
    rows = [
        (
            step.number,
            flow.owner(step).label,
            "; ".join(wanted.label for wanted in step.inputs),
            step.standard_minutes,
            step.output.label,
            step.kind.value,
            step.symbol.value,
            step.returns_to,
        )
        for step in flow.steps
    ]
    form, document, kasubbag = "Formulir kinerja", "Dokumen pengukuran kinerja", "Kasubbag Umum dan Kepegawaian"
    assert rows == [
        (1, "Staf", form, 120, form, "collect", "start", ()),
        (2, kasubbag, f"{form} yang diterima", 120, f"{form} yang telah diperiksa", "check", "decision", (1,)),
        (3, "Staf", f"{form}; komputer/laptop", 60, f"{form} yang telah diisi", "enter", "process", ()),
        (4, "Atasan Langsung", form, 60, form, "assess", "decision", (1, 3)),
        (5, "Para Pegawai", document, 60, f"{document} yang telah ditandatangani", "sign", "process", ()),
        (6, "Staf", document, 60, document, "copy", "process", ()),
        (7, kasubbag, f"{document}; box file", 15, "Tersimpannya dokumen pengukuran kinerja", "archive", "end", ()),
    ]
    assert flow.total_standard_minutes == 8 * 60 + 15


def test_shipped_sop_has_the_descriptions_of_the_source() -> None:
    assert [step.description for step in shipped().flow.steps] == [
        "Mengumpulkan data kinerja atas target yang telah ditetapkan",
        "Memeriksa dan mengecek data kinerja pegawai",
        "Pengetikan/penginputan kinerja atas penilaian sasaran kinerja pegawai",
        "Memvalidasi hasil inputan / memberikan penilaian atas kinerja pegawai",
        "Menandatangani dokumen pengukuran kinerja atas penilai kinerja pegawai yang telah disetujui",
        "Penggandaan dokumen pengukuran kinerja",
        "Pengarsipan dokumen pengukuran kinerja atas penilaian kinerja pegawai",
    ]


def test_every_return_of_the_shipped_sop_has_its_reason() -> None:
    assert [step.number for step in shipped().flow.steps if step.returns_to and not step.reading] == []


def test_flow_goes_from_the_first_step_to_the_last() -> None:
    flow = shipped().flow
    assert flow.first.number == 1
    assert [getattr(flow.next(step), "number", None) for step in flow.steps] == [2, 3, 4, 5, 6, 7, None]


def test_flow_returns_only_where_a_check_can_fail() -> None:
    flow = shipped().flow
    returns = {step.number: [target.number for target in flow.may_return_to(step)] for step in flow.steps}
    assert returns == {1: [], 2: [1], 3: [], 4: [1, 3], 5: [], 6: [], 7: []}


@pytest.mark.parametrize("number", [0, 8])
def test_flow_step_refuses_a_number_that_is_not_there(number: int) -> None:
    with pytest.raises(KeyError):
        shipped().flow.step(number)


def test_missing_inputs_names_the_record_that_is_not_there() -> None:
    step = shipped().flow.step(3)
    assert [wanted.label for wanted in missing_inputs(step, {"formulir_terkumpul"})] == ["Formulir kinerja"]
    assert missing_inputs(step, {"formulir_terkumpul", "formulir_diperiksa"}) == ()


def test_missing_inputs_takes_what_comes_from_outside_as_given() -> None:
    assert missing_inputs(shipped().flow.first, ()) == ()


def test_parse_sop_reads_its_own_json() -> None:
    sop = shipped()
    assert parse_sop(json.loads(json.dumps(plain(sop)))) == sop


def test_parse_sop_reads_dates_and_their_texts_alike() -> None:
    data = shipped_data()
    data["identity"]["revised_on"] = "2024-01-31"
    assert parse_sop(data).identity.revised_on == dt.date(2024, 1, 31)


def make_flow(returns: list[frozenset[int]]) -> Flow:
    """A flow of as many steps as there are sets of returns; each step needs what the one before made."""
    count = len(returns)

    def symbol(number: int) -> Symbol:
        if number in (1, count):
            return Symbol.START if number == 1 else Symbol.END
        return Symbol.DECISION if returns[number - 1] else Symbol.PROCESS

    steps = tuple(
        Step(
            number=number,
            description=f"Langkah {number}",
            actor="staf",
            inputs=(Input("form", "Formulir", InputKind.RECORD, f"out{number - 1}" if number > 1 else EXTERNAL),),
            standard_minutes=number,
            output=Output(f"out{number}", "Formulir"),
            kind=StepKind.ENTER,
            symbol=symbol(number),
            returns_to=tuple(sorted(returns[number - 1])),
        )
        for number in range(1, count + 1)
    )
    return Flow((Actor("staf", "Staf", ActorKind.OFFICE),), steps)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    count = draw(st.integers(2, 9))
    inner = [draw(st.frozensets(st.integers(1, number - 1))) for number in range(2, count)]
    return make_flow([frozenset(), *inner, frozenset()])


@given(flows())
def test_validate_accepts_every_flow_that_returns_backwards(flow: Flow) -> None:
    assert validate(flow) == ()


@given(flows(), st.data())
def test_every_walk_stays_inside_and_passes_each_step_with_its_inputs(flow: Flow, data: st.DataObject) -> None:
    step: Step | None = flow.first
    made: set[str] = set()
    passed: list[Step] = []
    returns_left = data.draw(st.integers(0, 30))
    while step is not None:
        assert step in flow.steps
        assert missing_inputs(step, made) == ()
        back = data.draw(st.sampled_from((None, *flow.may_return_to(step)))) if returns_left else None
        if back is None:
            made.add(step.output.key)
            passed.append(step)
            step = flow.next(step)
        else:
            assert back.number < step.number
            made -= {later.output.key for later in flow.steps[back.number - 1 :]}
            returns_left -= 1
            step = back
    assert [flow.step(number) for number in sorted({step.number for step in passed})] == list(flow.steps)
    assert passed[-1] == flow.steps[-1]


@given(flows())
def test_total_standard_minutes_is_the_sum_over_the_rows(flow: Flow) -> None:
    count = len(flow.steps)
    assert flow.total_standard_minutes == count * (count + 1) // 2
