# ruff: noqa: INP001 -- a script, not a package
"""Write the demonstration's spreadsheets from demo/sumber: `python tools/make_demo_files.py`.

They are made by the same code that makes an office's own templates and forms, and twice the same bytes.
"""

import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "demo"
sys.path.insert(0, str(ROOT / "src"))

from takar.appraisal.types import (  # noqa: E402 -- after the path is known
    ActivityData,
    IndicatorData,
    WorkData,
    WorkPlanData,
)
from takar.exchange.formats import forms, staff, staff_columns, targets, work_plans  # noqa: E402
from takar.exchange.tables import Table  # noqa: E402
from takar.exchange.writing import Cell, Output, write_table  # noqa: E402

PERIOD = "1 Januari s.d. 31 Desember {year}"
Entry = Mapping[str, Any]


def main(folder: Path = DEMO) -> None:
    for path, content in demo_files().items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def demo_files() -> dict[str, bytes]:
    """Every file of the demonstration by its path under demo/."""
    source, filled_in = _load("pegawai"), _load("formulir")["formulir"]
    people = {entry["nip"]: entry for entry in source["pegawai"]}
    sheets = {nip: _form_sheet(entry, source["tahun"]) for nip, entry in people.items()}
    filled = [_filled(entry, sheets[entry["nip"]]) for entry in filled_in]
    files = {
        "pegawai.xlsx": staff.write_staff([_staff_row(entry) for entry in people.values()], _roles(source)),
        f"target-skp-{source['tahun']}.xlsx": targets.write_targets(list(_target_rows(source))),
    }
    for name in dict.fromkeys(entry["berkas"] for entry in filled_in):
        mine = [entry["nip"] for entry in filled_in if entry["berkas"] == name]
        files[f"formulir/{name}.xlsx"] = forms.write_forms([sheets[nip] for nip in mine], filled=filled)
    return files | _trial_files(people) | _wrong_files(files)


def _trial_files(people: Mapping[str, Entry]) -> dict[str, bytes]:
    """One unit by itself, without what is above it, and its plans under PermenPANRB 6/2022."""
    source = _load("uji-coba")
    head = {key: value for key, value in people[source["atasan"]].items() if key != "atasan"}
    rows = [head, *(people[plan["nip"]] for plan in source["skp"])]
    plans = [
        (targets.Person(plan["nip"], _full_name(people[plan["nip"]])), source["tahun"], _work_plan(plan))
        for plan in source["skp"]
    ]
    return {
        "pegawai-uji-coba.xlsx": staff.write_staff([_staff_row(entry) for entry in rows], []),
        f"skp-6-{source['tahun']}.xlsx": work_plans.write_work_plans(plans),
    }


def _work_plan(plan: Entry) -> WorkPlanData:
    return WorkPlanData(
        works=tuple(_work(number, entry) for number, entry in enumerate(plan["hasil_kerja"], 1)),
        expectations=plan["ekspektasi"],
        appendices={kind: tuple(plan[kind]) for kind in ("sumber_daya", "pertanggungjawaban", "konsekuensi")},
    )


def _work(number: int, entry: Entry) -> WorkData:
    return WorkData(
        number=number,
        name=entry["uraian"],
        kind=entry.get("jenis", "utama"),
        superior_name=entry.get("pimpinan", ""),
        assigned_by=entry.get("penugasan", ""),
        indicators=tuple(
            IndicatorData(name, target, aspect, _figure(low), _figure(high), unit, direction)
            for aspect, name, target, low, high, unit, direction in entry["indikator"]
        ),
    )


def _figure(value: object) -> Decimal | None:
    return None if value == "" else Decimal(str(value))


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((DEMO / "sumber" / f"{name}.toml").read_text("utf-8"), parse_float=Decimal)


def _staff_row(entry: Entry) -> staff.StaffRow:
    return staff.StaffRow(
        number=0,
        nip=entry["nip"],
        name=entry["nama"],
        title_front=entry.get("depan", ""),
        title_back=entry.get("belakang", ""),
        kind=staff_columns.KINDS[entry["jenis"]],
        rank=entry["pangkat"],
        post=entry["jabatan"],
        post_kind=staff_columns.POST_KINDS[entry["jenis_jabatan"]],
        echelon=entry.get("eselon", ""),
        unit=entry["unit"],
        standing=staff_columns.STANDINGS[entry.get("status", "Aktif")],
        superior_nip=entry.get("atasan", ""),
        superior_name=entry.get("nama_atasan", ""),
        superior_post=entry.get("jabatan_atasan", ""),
        level=staff_columns.JOB_LEVELS[entry["jenjang"]] if "jenjang" in entry else None,
    )


def _roles(source: Entry) -> list[staff.RoleRow]:
    return [staff.RoleRow(0, staff_columns.ROLE_NAMES[entry["peran"]], entry["nip"]) for entry in source["peran"]]


def _activities(entry: Entry) -> tuple[ActivityData, ...]:
    return tuple(
        ActivityData(
            number=number,
            name=name,
            quantity=Decimal(quantity),
            quantity_unit=unit,
            quality=Decimal(quality),
            time=Decimal(time),
            time_unit="bulan",
            cost=Decimal(cost) or None,
            credit=Decimal(credit) or None,
        )
        for number, (name, quantity, unit, quality, time, cost, credit) in enumerate(entry.get("target", ()), 1)
    )


def _target_rows(source: Entry) -> Iterator[targets.TargetRow]:
    for entry in source["pegawai"]:
        for activity in _activities(entry):
            yield targets.TargetRow(
                number=0,
                nip=entry["nip"],
                name=_full_name(entry),
                year=source["tahun"],
                no=activity.number,
                activity=activity.name,
                quantity=activity.quantity,
                quantity_unit=activity.quantity_unit,
                quality=activity.quality,
                time=activity.time,
                time_unit=activity.time_unit,
                cost=activity.cost,
                credit=activity.credit,
            )


def _full_name(entry: Entry) -> str:
    front = f"{entry['depan']} " if "depan" in entry else ""
    back = f", {entry['belakang']}" if "belakang" in entry else ""
    return f"{front}{entry['nama']}{back}"


def _form_sheet(entry: Entry, year: int) -> forms.FormSheet:
    return forms.FormSheet(
        code=f"SKP-{year}-{entry['nip']}",
        nip=entry["nip"],
        name=_full_name(entry),
        post=entry["jabatan"],
        unit=entry["unit"],
        period=PERIOD.format(year=year),
        activities=_activities(entry),
    )


def _filled(entry: Entry, sheet: forms.FormSheet) -> forms.FilledForm:
    tasks = [forms.AdditionalTask(0, *task) for task in entry.get("tugas_tambahan", ())]
    ideas = [
        forms.Creativity(0, description, forms.LEVELS[level], letter)
        for description, level, letter in entry.get("kreativitas", ())
    ]
    return forms.FilledForm(
        sheet="",
        code=sheet.code,
        nip=sheet.nip,
        lines=tuple(_line(values) for values in entry["realisasi"]),
        additional_tasks=tuple(tasks),
        creativity=tuple(ideas),
    )


def _line(values: list[Any]) -> forms.FormLine:
    number, name = (values[0], "") if values[0] else (None, values[1])
    *figures, note = values[1 if number else 2 :]
    quantity, time, cost, credit = (None if figure == "" else Decimal(figure) for figure in figures)
    return forms.FormLine(0, number, name, None, quantity, time, cost, credit, note)


def _wrong_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What can go wrong, to be tried: each one gets a sentence that names the cell and the cure."""
    good_staff: dict[str, Cell] = {
        "nip": "19850314 201001 1 008",
        "name": "Budi Hartono",
        "title_back": "S.E.",
        "kind": "PNS",
        "rank": "Penata Muda Tingkat I (III/b)",
        "post": "Analis Penanaman Modal",
        "post_kind": "JFU",
        "unit": "Bidang Penanaman Modal",
        "superior_name": "H. Arifin Wijaya, S.H.",
        "superior_post": "Bupati Tanjung Sari",
    }
    good_target: dict[str, Cell] = {
        "nip": "19850314 201001 1 008",
        "name": "Budi Hartono, S.E.",
        "year": 2025,
        "no": 1,
        "activity": "Menganalisis potensi dan peluang penanaman modal",
        "quantity": 4,
        "quantity_unit": "laporan",
        "quality": 100,
        "time": 12,
        "time_unit": "bulan",
    }
    form = files["formulir/budi-hartono.xlsx"]
    return {
        "salah/pegawai-nip-17-angka.xlsx": _table(staff_columns.STAFF, {**good_staff, "nip": "19850314201001108"}),
        "salah/pegawai-nip-sebagai-angka.xlsx": _table(staff_columns.STAFF, {**good_staff, "nip": 198503142010011008}),
        "salah/target-huruf-dalam-angka.xlsx": _table(targets.TARGETS, {**good_target, "quantity": "empat"}),
        "salah/target-berisi-rumus.xlsx": _table(targets.TARGETS, good_target, _add_formula),
        "salah/formulir-terpotong.xlsx": form[: len(form) // 2],
        "salah/pdf-bernama-xlsx.xlsx": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
    }


def _table(table: Table, row: Mapping[str, Cell], change: Callable[[Output], None] | None = None) -> bytes:
    output = Output()
    write_table(output, table, [row])
    if change:
        change(output)
    return output.finish()


def _add_formula(output: Output) -> None:
    output.book.get_worksheet_by_name(targets.TARGETS.sheet_title).write_formula("G2", "=2+2", value=4)


if __name__ == "__main__":
    main()
