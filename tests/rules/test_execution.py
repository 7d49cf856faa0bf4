import copy
from typing import Any

import pytest
from tests.rules.test_flow import shipped_data

from takar.organisation.enums import Role
from takar.rules.flow import Flow, differences, parse_sop, unexecutable
from takar.rules.flow.execution import ACTS, OFFICES, ORDER
from takar.rules.flow.graph import StepKind


def acknowledging(after: int, actor: str = "sekretaris", number_of: str = "paraf") -> dict[str, Any]:
    """The shipped SOP with a step that acknowledges after step `after`."""
    data = copy.deepcopy(shipped_data())
    steps = data["flow"]["steps"]
    added = {
        "description": "Memaraf formulir kinerja",
        "actor": actor,
        "inputs": [],
        "standard_minutes": 30,
        "output": {"key": number_of, "label": "Formulir kinerja yang telah diparaf"},
        "kind": "acknowledge",
        "symbol": "process",
    }
    steps.insert(after, added)
    for number, step in enumerate(steps, start=1):
        step["number"] = number
        step["returns_to"] = [to if to <= after else to + 1 for to in step.get("returns_to", [])]
    return data


def flow(data: dict[str, Any]) -> Flow:
    return parse_sop(data).flow


def said(data: dict[str, Any]) -> list[str]:
    return [str(finding) for finding in unexecutable(flow(data))]


def test_shipped_sop_and_one_with_a_step_for_the_sekretaris_can_be_executed() -> None:
    assert [said(shipped_data()), *(said(acknowledging(after)) for after in range(1, 7))] == [[]] * 7


def test_kinds_and_offices_are_those_of_the_program() -> None:
    assert (set(ORDER) | {StepKind.ACKNOWLEDGE}, set(ACTS)) == (set(StepKind), set(StepKind))
    assert set(OFFICES) == set(Role.values) - {"admin"}


CASES: list[tuple[dict[str, Any], list[str]]] = [
    ({"kind": "acknowledge", "at": 3}, ["Langkah: Belum ada langkah untuk menginput; tambahkan satu."]),
    ({"kind": "acknowledge", "at": 6}, []),
    (
        {"kind": "check", "at": 3},
        [
            "Langkah: Ada 2 langkah untuk memeriksa; sisakan satu.",
            "Langkah: Belum ada langkah untuk menginput; tambahkan satu.",
        ],
    ),
    ({"actor": "kasubbag", "at": 4}, ["Langkah 4: Yang menilai harus Atasan Langsung; ubah pelaksananya."]),
    ({"actor": "staf", "at": 5}, ["Langkah 5: Yang menandatangani harus pegawai yang dinilai; ubah pelaksananya."]),
    (
        {"actor": "pegawai", "at": 2},
        ["Langkah 2: Tidak seorang pun memeriksa formulirnya sendiri; pilih pelaksana lain."],
    ),
    (
        {"returns_to": [4], "symbol": "decision", "at": 6},
        [
            "Langkah 6: Sesudah langkah 5 (menandatangani) hasilnya tetap, sehingga tidak dapat dikembalikan ke langkah 4."
            " Hapus pengembalian itu; jalannya ialah keberatan."
        ],
    ),
    ({"returns_to": [2], "symbol": "decision", "at": 3}, []),
]


@pytest.mark.parametrize(("change", "findings"), CASES)
def test_unexecutable_names_what_the_program_cannot_do(change: dict[str, Any], findings: list[str]) -> None:
    data = copy.deepcopy(shipped_data())
    data["flow"]["steps"][change["at"] - 1].update({key: value for key, value in change.items() if key != "at"})
    assert said(data) == findings


def test_unexecutable_names_the_wrong_order_and_strangers() -> None:
    data = copy.deepcopy(shipped_data())
    steps = data["flow"]["steps"]
    steps[5]["kind"], steps[6]["kind"] = "archive", "copy"
    data["flow"]["actors"][1]["key"] = "bendahara"
    assert said(data) == [
        "Langkah 7: Langkah untuk menggandakan harus mendahului langkah untuk mengarsipkan. Pindahkan salah satunya.",
        "Langkah 7: Langkah terakhir harus mengarsipkan; pindahkan langkah ini ke atasnya.",
        "Pelaksana Sekretaris: Pelaksana ini tidak dikenal program; pilih dari daftar pelaksana.",
    ]


def test_differences_say_each_change_in_words() -> None:
    data = acknowledging(2)
    data["identity"] |= {"number": "000.8/1", "effective_on": "2026-02-01"}
    data["legal_basis"] = [*data["legal_basis"][:4], "PermenPANRB 6/2022", data["legal_basis"][6]]
    data["flow"]["steps"][3] |= {"standard_minutes": 45, "actor": "kasubbag"}
    data["flow"]["steps"][4] |= {"returns_to": [1]}
    assert list(differences(parse_sop(shipped_data()), parse_sop(data))) == [
        "Nomor SOP: dari “2023” menjadi “000.8/1”.",
        "Tanggal Efektif: dari “-” menjadi “01-02-2026”.",
        f"Dasar Hukum: dihapus “{shipped_data()['legal_basis'][4]}”.",
        f"Dasar Hukum: dihapus “{shipped_data()['legal_basis'][5]}”.",
        "Dasar Hukum: ditambah “PermenPANRB 6/2022”.",
        "Langkah 3 ditambah: Memaraf formulir kinerja, oleh Sekretaris, waktu baku 30 menit.",
        "Langkah 4: pelaksana dari “Staf” menjadi “Kasubbag Umum dan Kepegawaian”.",
        "Langkah 4: waktu baku dari “60 menit” menjadi “45 menit”.",
        "Langkah 5: pengembalian dari “Mengumpulkan data kinerja atas target yang telah ditetapkan; "
        "Pengetikan/penginputan kinerja atas penilaian sasaran kinerja pegawai” menjadi “Mengumpulkan data kinerja atas "
        "target yang telah ditetapkan”.",
    ]


def test_differences_of_moved_steps_and_lists() -> None:
    before, data = parse_sop(shipped_data()), copy.deepcopy(shipped_data())
    data["qualifications"].reverse()
    data["flow"]["steps"][2]["output"]["key"] = "baru"
    data["flow"]["steps"][3]["inputs"][0]["source"] = "baru"
    assert list(differences(before, parse_sop(data))) == [
        "Kualifikasi Pelaksana: urutannya diubah.",
        "Langkah 3 (Pengetikan/penginputan kinerja atas penilaian sasaran kinerja pegawai) dihapus.",
        "Langkah 3 ditambah: Pengetikan/penginputan kinerja atas penilaian sasaran kinerja pegawai, oleh Staf, "
        "waktu baku 60 menit.",
    ]
    assert differences(before, before) == ()
