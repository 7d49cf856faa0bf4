"""The forms of one case: which there are at this moment, and each as PDF."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from takar.appraisal import credit
from takar.appraisal.enums import CreativityLevel, ExtraKind, Regulation, Stage
from takar.appraisal.evaluation import entered_form
from takar.appraisal.forms import latest
from takar.appraisal.models import Activity, Form, FormExtra, FormLine
from takar.appraisal.regimes import items_of
from takar.casework.models import Case
from takar.casework.printing import cards, evaluations, plans, pp46
from takar.common import clock, words
from takar.common.addresses import absolute
from takar.common.errors import NotAllowed
from takar.documents.emblems import with_pictures
from takar.documents.forms import shapes
from takar.documents.forms.catalogue import BY_KEY, FormKind
from takar.documents.forms.qr import qr
from takar.documents.forms.render import render
from takar.rules.credit import PARAMETERS as CREDIT

NOT_YET = "Berkas ini belum mempunyai formulir itu. Buka berkasnya; yang dapat dicetak tercantum di bawah Cetak."
LEVELS = {
    CreativityLevel.UNIT.value: "unit kerja",
    CreativityLevel.ORGANISATION.value: "organisasi",
    CreativityLevel.STATE.value: "negara",
}
PERSON_FACTS = ("Nomor Seri Karpeg", "Tempat/Tanggal Lahir", "Jenis Kelamin", "Pendidikan")


def case_forms(case: Case) -> list[FormKind]:
    """What can be printed now: the step's form always, the plan's when there is one, the result's once approved."""
    keys = ["formulir-kinerja"] if case.appraisal.method == Regulation.PP46 else ["b-1-2"]
    if case.appraisal.approved_at is not None:
        keys += RESULT_FORMS[case.appraisal.method](case)
    planned = plans.plan_forms(case.appraisal.plan) if case.appraisal.plan else []
    return [*(BY_KEY[key] for key in keys), *(form for form in planned if form.key not in keys)]


def case_pdf(case: Case, key: str, *, filled: bool = True) -> bytes:
    """Print one of `case_forms`; not `filled` leaves room for what the step's form asks for."""
    form = next((form for form in case_forms(case) if form.key == key), None)
    if form is None:
        raise NotAllowed(NOT_YET)
    if key not in BUILDERS:
        assert case.appraisal.plan is not None  # noqa: S101 -- the other forms are those of the plan
        return plans.plan_pdf(case.appraisal.plan, key, cards.people_of(case))
    content = {**_frame(case), **BUILDERS[key](case, latest_form(case) if filled else None), "format": form.code}
    return render(form.template, with_pictures(content))


def latest_form(case: Case) -> Form | None:
    """The figures as they stand: entered ones before collected ones."""
    return latest(case.appraisal, Stage.ENTERED) or latest(case.appraisal, Stage.COLLECTED)


def _frame(case: Case) -> dict[str, Any]:
    appraisal = case.appraisal
    approved = clock.office_date(appraisal.approved_at) if appraisal.approved_at else None
    return {
        **cards.office_of(case.agency),
        "pictures": {"code": qr(absolute(f"/berkas/{case.pk}/"))},
        "period": words.period(appraisal.start, appraisal.end),
        "date": cards.place_and_day(case.agency, approved),
        **cards.people_of(case),
        "code": case.code,
        "signatures": [],
    }


# --- PP 46/2011


def _performance(case: Case, form: Form | None) -> dict[str, Any]:
    """The formulir kinerja with its targets, and what was reported on each."""
    items = [(number, row) for number, row in items_of(case.appraisal) if isinstance(row, Activity)]
    activities = plans.activities_of(items)
    rows = {row.activity_id: row for row in form.kept_lines if row.activity} if form else {}
    for activity, (_, target) in zip(activities, items, strict=True):
        if row := rows.get(target.pk):
            activity["realisation"] = _reported(row)
    unplanned = [row for row in form.kept_lines if row.activity is None] if form else []
    extra: list[shapes.PlannedActivity] = [
        {"no": "", "name": row.name, "target": {}, "realisation": _reported(row)} for row in unplanned
    ]
    extras = form.kept_extras if form else []
    return {
        "activities": [*activities, *extra],
        "additional": _extras(extras, ExtraKind.ADDITIONAL),
        "creativity": _extras(extras, ExtraKind.CREATIVITY),
    }


def _reported(row: FormLine) -> shapes.Figures:
    units = (row.activity.quantity_unit, row.activity.time_unit) if row.activity else ("", "")
    quantity, time = (
        f"{words.figure(value)} {unit}".strip() if value is not None else ""
        for value, unit in zip((row.quantity, row.time), units, strict=True)
    )
    return {"credit": words.figure(row.credit), "quantity": quantity, "time": time, "cost": words.figure(row.cost)}


def _extras(extras: list[FormExtra], kind: ExtraKind) -> list[dict[str, str]]:
    return [
        {"name": extra.name, "letter": extra.letter, "level": LEVELS.get(extra.level, "")}
        for extra in extras
        if extra.kind == kind
    ]


def _result(case: Case, _form: Form | None) -> dict[str, Any]:
    approved = clock.office_date(case.appraisal.approved_at) if case.appraisal.approved_at else None
    return {**pp46.result_of(case), "dates": {"made": words.date(approved)} if approved else {}}


def _letter(kind: str) -> Callable[[Case, Form | None], dict[str, Any]]:
    """That the tasks were done, or the new thing found: from the form's own list.

    Who issues it for kreativitas depends on whom it is useful to; that person's name is written by hand.
    """

    def build(case: Case, form: Form | None) -> dict[str, Any]:
        additional = kind == "tambahan"
        items = _extras(form.kept_extras if form else [], ExtraKind.ADDITIONAL if additional else ExtraKind.CREATIVITY)
        levels = sorted({item["level"] for item in items} - {""})
        return {
            "kind": kind,
            "number": "",
            "year": str(case.appraisal.year),
            "date": "",
            "issuer": cards.person_of(case.snapshot["assessor"]) if additional else None,
            "issuer_title": "Pejabat Penilai" if additional else "",
            "level": " dan ".join(levels),
            "items": items,
        }

    return build


def _pp46_results(case: Case) -> list[str]:
    kinds = {extra.kind for extra in entered_form(case.appraisal).kept_extras}
    letters = {
        ExtraKind.ADDITIONAL.value: "keterangan-tambahan",
        ExtraKind.CREATIVITY.value: "keterangan-kreativitas",
    }
    return ["capaian-skp", "prestasi-kerja", *(key for kind, key in letters.items() if kind in kinds)]


# --- PermenPANRB 6/2022


def _record(case: Case, form: Form | None) -> dict[str, Any]:
    """B.1.2: the results with what was achieved and what proves it, or with room to write it."""
    works = plans.works_of(case.appraisal.plan) if case.appraisal.plan else []
    proofs: dict[Any, list[str]] = {}
    if form:
        for proof in case.appraisal.evidence.select_related("indicator").order_by("added_at"):
            proofs.setdefault(proof.indicator_id, []).append(proof.name)
    lines = {line.indicator_id: line for line in form.kept_lines} if form else {}
    return {
        "results": [
            {
                "text": work.name,
                "actions": [],
                "realisations": [
                    text
                    for row in work.indicators.all()
                    if (text := evaluations.proven(row, lines.get(row.pk), proofs.get(row.pk, [])))
                ],
            }
            for work in works
        ],
        "room": True,
    }


def _evaluation(case: Case, _form: Form | None) -> dict[str, Any]:
    return {**evaluations.evaluation_of(case, entered_form(case.appraisal)), **evaluations.rating_of(case)}


def _evaluation_document(case: Case, _form: Form | None) -> dict[str, Any]:
    """D.1.1 without number: the numbered one is the document itself."""
    content = evaluations.document_of(case)
    return {**content, "number": "", "digest": "", "edition": "asli", "copy": None}


def _permenpan6_results(case: Case) -> list[str]:
    plan = case.appraisal.plan
    if plan is None:
        return []
    kind = evaluations.kind_of(plan)
    codes = [evaluations.FEEDBACK_FORMS[kind], evaluations.EVALUATION_FORMS[kind], "D.1.1"]
    keys = [code.lower().replace(".", "-") for code in codes]
    return keys + (["konversi-ak"] if credit.earned_in(case.appraisal) else [])


def _conversion(case: Case, _form: Form | None) -> dict[str, Any]:
    """The angka kredit that the predikat of this evaluation brings."""
    appraisal = case.appraisal
    earned = credit.earned_in(appraisal)
    if earned is None:
        raise NotAllowed(NOT_YET)
    predicate = next(r for r in CREDIT.rows("predicates") if r["category"] == appraisal.in_force.category)
    level = next(r for r in CREDIT.rows("levels") if r["key"] == earned.level)
    months = appraisal.end.month - appraisal.start.month + 1
    coefficient, percent = words.figure(Decimal(str(level["coefficient"]))), f"{predicate['percent']} %"
    return {
        "number": "",
        "person": _person_facts(case),
        "predicate": earned.predicate,
        "percentage": percent,
        "coefficient": coefficient,
        "credit": earned.printed,
        "working": f"{months} ÷ 12 bulan × {coefficient} × {percent} = {earned.printed}",
    }


def _person_facts(case: Case) -> list[dict[str, str]]:
    """What the program knows is printed; the rest is written from the personnel file."""
    person = cards.person_of(case.snapshot["employee"])
    assert person is not None  # noqa: S101 -- a case is of somebody
    known = {
        "Nama": person["name"],
        "NIP": person["nip"],
        "Pangkat/Golongan Ruang/TMT": person["rank"],
        "Jabatan/TMT": person["post"],
        "Unit Kerja": person["unit"],
    }
    order = ("Nama", "NIP", PERSON_FACTS[0], "Pangkat/Golongan Ruang/TMT", *PERSON_FACTS[1:], "Jabatan/TMT")
    labels = (*order, "Masa Kerja Golongan", "Unit Kerja")
    return [{"label": label, "value": known.get(label, "")} for label in labels]


RESULT_FORMS: Mapping[str, Callable[[Case], list[str]]] = {
    Regulation.PP46.value: _pp46_results,
    Regulation.PERMENPAN6.value: _permenpan6_results,
}
BUILDERS: Mapping[str, Callable[[Case, Form | None], dict[str, Any]]] = {
    "formulir-kinerja": _performance,
    "capaian-skp": _result,
    "prestasi-kerja": _result,
    "keterangan-tambahan": _letter("tambahan"),
    "keterangan-kreativitas": _letter("kreativitas"),
    "b-1-2": _record,
    **dict.fromkeys(("b-1-3", "b-1-4", "b-1-5", "c-1-1", "c-1-2", "c-1-3"), _evaluation),
    "d-1-1": _evaluation_document,
    "konversi-ak": _conversion,
}
