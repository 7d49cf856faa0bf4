"""The matrix as docs/rights.md prints it: who may what, in the words of the office."""

from collections.abc import Iterable

from tests.rights.cast import CAST
from tests.rights.matrix import STATES, Row

from takar.appraisal.enums import PlanState
from takar.appraisal.plan_policies import RULES
from takar.casework.aftermath import PERMENPAN6, PP46
from takar.common.rights import RIGHTS, Over
from takar.procedures.data import shipped_sop
from takar.rules.flow import parse_sop
from takar.rules.reductions import DESTROY_LONG, TABLES, ReductionKind

HEAD = """# Hak akses: siapa boleh apa

Halaman ini dibuat oleh `tools/rights.py` dari kebijakan program sendiri (`takar.common.rights`), dan diuji terhadap pernyataan
terpisah yang disusun dari SOP dan peraturan (`tests/rights/who_may.py`). Jangan diubah dengan tangan.

✓ boleh, – ditolak. “Pegawai ybs.” adalah pegawai yang dinilai; “Atasan lama” pernah menjadi pejabat penilai berkas ini;
“Kantor lain” memegang semua jabatan di kantor lain dan menerima “tidak ditemukan” untuk segala sesuatu. Kolom jabatan
(Kepala sampai Administrator) adalah orang yang hanya memegang jabatan itu dan tidak mempunyai hubungan dengan pegawainya.
Siapa yang tidak masuk dan siapa yang akunnya ditutup tidak dapat melakukan apa pun: halaman meminta masuk dahulu, dan baris
perintah tidak mengenal pelakunya (`tests/rights/test_doors.py`).

"""
REGULATION = {"case.act": PP46, "case.act6": PERMENPAN6}
NAMES = {"case.act": "PP 46/2011", "case.act6": "PermenPANRB 6/2022"}


def paper(rows: Iterable[Row]) -> str:
    found = list(rows)
    parts = [HEAD]
    for over in Over:
        lines = [
            line for act in dict.fromkeys(row.act for row in found if row.over is over) for line in _lines(found, act)
        ]
        head = ["Tindakan", "Keadaan", *CAST.values()]
        table = [head, ["---", "---", *("---" for _ in CAST)], *lines]
        parts.append(f"## {over.value}\n\n" + "\n".join(f"| {' | '.join(cells)} |" for cells in table) + "\n")
    return parts[0] + "\n".join(parts[1:])


def _lines(rows: list[Row], act: str) -> list[list[str]]:
    """States with the same answer share a line; states in which nobody may have none."""
    groups: dict[frozenset[str], list[str]] = {}
    for row in rows:
        if row.act == act and row.people:
            groups.setdefault(row.people, []).append(row.state)
    everywhere = len(groups) == 1 and len(next(iter(groups.values()))) == len({r.state for r in rows if r.act == act})
    return [
        [label(act), "" if everywhere else "; ".join(_state(act, state) for state in states)]
        + ["✓" if name in people else "–" for name in CAST]
        for people, states in groups.items()
    ]


def _state(act: str, state: str) -> str:
    return str(PlanState(state).label).lower() if act.startswith("plan.move") else STATES[state]


def label(act: str) -> str:
    """The act in the words that stand on its button."""
    key, _, rest = act.partition(":")
    if key in REGULATION:
        kind = REGULATION[key].kind(rest)
        assert kind is not None
        return f"{kind.label} ({NAMES[key]})"
    if key == "plan.move":
        return next(rule.label for kind, rule in RULES.items() if kind.value == rest)
    if key == "reduction.act":
        name, _, step = rest.rpartition(":")
        kind_ = ReductionKind(name.removesuffix("-10"))
        acts = DESTROY_LONG if name.endswith("-10") else TABLES[kind_]
        told = next(found.label for found in acts if found.key == step)
        return f"{kind_.label}{' (retensi 10 tahun atau lebih)' if name.endswith('-10') else ''}: {told}"
    if key == "step.return":
        step_, _, to = rest.partition("-")
        return f"Mengembalikan dari langkah {step_} ke langkah {to}"
    if key == "step.act":
        return f"Langkah {rest}: {parse_sop(shipped_sop()).flow.step(int(rest)).description}"
    return "Melihat berkas" if key == "case.see" else RIGHTS[key].label
