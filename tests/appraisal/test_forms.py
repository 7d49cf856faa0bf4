"""The versions of a form: what is kept, what differs, and what each difference needs."""

from decimal import Decimal

import pytest
from tests.office import FORM, Office
from tests.web.browsing import contents

from takar.appraisal import figures, forms
from takar.appraisal.enums import FormState, Source, Stage
from takar.appraisal.models import Activity, Difference, Form, FormLine
from takar.appraisal.types import DifferenceData, ExtraData, FormData, LineData
from takar.audit.models import Event
from takar.casework.actions import return_case, save_form
from takar.common.errors import InvalidInput, NotAllowed

TABLES = ("appraisal.FormLine", "appraisal.FormExtra", "audit.Event")


def one(**figures_of_line: Decimal | None) -> FormData:
    return FormData((LineData(1, "Menyusun laporan", **figures_of_line),))  # type: ignore[arg-type]


def difference(line: int, figure: str, label: str, accepted: Decimal | None, entered: Decimal | None) -> DifferenceData:
    return DifferenceData(line, "Menyusun laporan", figure, label, accepted, entered)


@pytest.mark.parametrize(
    ("accepted", "entered", "found"),
    [
        (one(quantity=Decimal(12)), one(quantity=Decimal(12)), []),
        (one(quantity=Decimal("12.0")), one(quantity=Decimal(12)), []),
        (one(), one(), []),
        (one(quantity=Decimal(12)), one(quantity=Decimal(11)), [("quantity", "Kuantitas", Decimal(12), Decimal(11))]),
        (one(time=Decimal(9)), one(), [("time", "Waktu", Decimal(9), None)]),
        (one(), one(cost=Decimal(0)), [("cost", "Biaya", None, Decimal(0))]),
        (
            one(quantity=Decimal(1), credit=Decimal(2)),
            one(quantity=Decimal(2), credit=Decimal(1)),
            [("quantity", "Kuantitas", Decimal(1), Decimal(2)), ("credit", "Angka kredit", Decimal(2), Decimal(1))],
        ),
    ],
)
def test_every_figure_that_differs_is_found(
    accepted: FormData, entered: FormData, found: list[tuple[str, str, Decimal | None, Decimal | None]]
) -> None:
    assert forms.differences(accepted, entered) == [difference(1, *values) for values in found]


def test_line_that_was_added_or_left_out_differs_in_all_its_figures() -> None:
    more = FormData((*one().lines, LineData(None, "Panitia", quantity=Decimal(3), time=Decimal(1))))
    added = forms.differences(one(), more)
    assert [(d.line, d.name, d.figure, d.accepted, d.entered) for d in added] == [
        (2, "Panitia", "quantity", None, Decimal(3)),
        (2, "Panitia", "time", None, Decimal(1)),
    ]
    left_out = forms.differences(more, one())
    assert [(d.line, d.name, d.accepted, d.entered) for d in left_out] == [
        (2, "Panitia", Decimal(3), None),
        (2, "Panitia", Decimal(1), None),
    ]


def test_extras_count_by_number_and_level() -> None:
    accepted = FormData((), (ExtraData("tambahan", "A"), ExtraData("kreativitas", "B", "unit")))
    entered_data = FormData(
        (), (ExtraData("tambahan", "A"), ExtraData("tambahan", "C"), ExtraData("kreativitas", "B", "negara"))
    )
    found = forms.differences(accepted, entered_data)
    assert [(d.key, d.place, d.accepted, d.entered) for d in found] == [
        ("0-tambahan", "Jumlah tugas tambahan", Decimal(1), Decimal(2)),
        ("0-unit", "Jumlah kreativitas bagi unit kerja", Decimal(1), Decimal(0)),
        ("0-negara", "Jumlah kreativitas bagi negara", Decimal(0), Decimal(1)),
    ]


FOUND = [
    difference(1, "quantity", "Kuantitas", Decimal(12), Decimal(11)),
    difference(1, "cost", "Biaya", None, Decimal("9999999999999.99")),
]


def entered(office: Office) -> Form:
    office.at_step(3)
    return forms.draft_of(office.case().appraisal, Stage.ENTERED)


def test_answers_are_kept_with_their_differences(office: Office) -> None:
    form = entered(office)
    forms.answer_differences(form, FOUND, {"1-quantity": " Salah baca. ", "1-cost": "Pagu.", "7-time": "tidak ada"})
    assert [(d.line, d.figure, d.accepted, d.entered, d.answer) for d in form.differences.order_by("figure")] == [
        (1, "cost", None, Decimal("9999999999999.99"), "Pagu."),
        (1, "quantity", Decimal(12), Decimal(11), "Salah baca."),
    ]
    forms.answer_differences(form, [], {})
    assert form.differences.count() == 0


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({}, ["Baris 1, Kuantitas", "Baris 1, Biaya"]),
        ({"1-quantity": "  ", "1-cost": "Pagu."}, ["Baris 1, Kuantitas"]),
        ({"1-quantity": "x" * 501, "1-cost": "x" * 500}, ["Baris 1, Kuantitas"]),
    ],
)
def test_difference_without_a_fitting_answer_stops(office: Office, answers: dict[str, str], where: list[str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        forms.answer_differences(entered(office), FOUND, answers)
    assert [problem.where for problem in refused.value.problems] == where
    assert Difference.objects.count() == 0


def save(office: Office, data: FormData) -> None:
    save_form(actor=office.staf, step_run_id=office.case().task_id, data=data)


def test_form_keeps_each_planned_activity_in_the_plan_s_words_and_order(office: Office) -> None:
    save(
        office,
        FormData(
            (
                LineData(None, "Panitia lomba", quantity=Decimal(1)),
                LineData(2, "Nama lain", quantity=Decimal(4)),
                LineData(None, "  "),
                LineData(9, "Tidak ada dalam rencana", quantity=Decimal(7)),
            ),
            (ExtraData("tambahan", "Juri", "", "SK/1"), ExtraData("tambahan", " ")),
        ),
    )
    kept = forms.data_of(forms.draft_of(office.case().appraisal, Stage.COLLECTED))
    assert [(line.item, line.name, line.quantity) for line in kept.lines] == [
        (1, "Menyusun laporan bulanan", None),
        (2, "Mengelola arsip", Decimal(4)),
        (None, "Panitia lomba", Decimal(1)),
    ]
    assert [(extra.name, extra.letter) for extra in kept.extras] == [("Juri", "SK/1")]


def test_same_content_again_writes_nothing(office: Office) -> None:
    save(office, FORM)
    before = contents(*TABLES)
    save(office, FORM)
    assert contents(*TABLES) == before


def test_event_names_each_figure_that_changed(office: Office) -> None:
    save(office, FORM)
    changed = FormData((LineData(1, quantity=Decimal(10), time=Decimal("9.12"), note="map 9"), FORM.lines[1]))
    save(office, changed)
    event = Event.objects.filter(verb="form.terkumpul.saved").order_by("-seq")[0]
    assert (event.before["baris 1 quantity"], event.after["baris 1 quantity"]) == ("12.0000", "10")
    assert (event.before["keterangan"], event.after["keterangan"]) == (["map 1", "map 2"], ["map 9", "map 2"])
    assert "baris 1 time" not in event.after
    assert (event.after["source"], event.actor_name, event.acting_as) == ("layar", "Surya Putra", "staf")


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (LineData(1, quantity=Decimal(-1)), "Baris 1, Kuantitas"),
        (LineData(1, time=Decimal("0.00001")), "Baris 1, Waktu"),
        (LineData(1, cost=Decimal("0.001")), "Baris 1, Biaya"),
        (LineData(1, credit=Decimal(10) ** 11), "Baris 1, Angka kredit"),
    ],
)
def test_figure_that_no_column_holds_is_refused_whoever_calls(office: Office, line: LineData, where: str) -> None:
    before = contents(*TABLES)
    with pytest.raises(InvalidInput) as refused:
        save(office, FormData((line,)))
    assert ([problem.where for problem in refused.value.problems], contents(*TABLES)) == ([where], before)


def test_limits_are_those_of_the_columns() -> None:
    for model in (Activity, FormLine):
        fields = {f.name: (f.max_digits, f.decimal_places) for f in model._meta.fields if hasattr(f, "max_digits")}
        assert {name: figures.LIMITS[name] for name in fields} == fields
    digits, places = (max(f[i] for f in figures.LIMITS.values()) for i in (0, 1))
    kept = Difference._meta.get_field("accepted")
    assert (kept.decimal_places, kept.max_digits) == (places, digits - 2 + places)


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("quantity", "0", ""),
        ("quantity", "99999999999.9999", ""),
        ("quantity", "1.00000", ""),
        ("quantity", "1E+2", ""),
        ("cost", "9999999999999.99", ""),
        ("quantity", "-0.0001", "Tidak boleh kurang dari nol; periksa angkanya."),
        ("time", "100000000000", "Paling besar 99.999.999.999; periksa apakah salah ketik."),
        ("cost", "10000000000000", "Paling besar 9.999.999.999.999; periksa apakah salah ketik."),
        ("cost", "0.005", "Paling banyak 2 angka di belakang koma; bulatkan angkanya."),
    ],
)
def test_column_says_what_it_cannot_hold(name: str, value: str, problem: str) -> None:
    assert figures.column_problem(name, Decimal(value)) == problem


def test_form_without_targets_is_not_being_filled(office: Office) -> None:
    office.at_step(2)
    with pytest.raises(NotAllowed) as refused:
        forms.draft_of(office.case().appraisal, Stage.COLLECTED)
    assert refused.value.message.startswith("Formulir ini tidak sedang diisi.")


def test_each_round_is_a_version_of_its_own(office: Office) -> None:
    for reason in ("Pertama.", "Kedua."):
        office.at_step(4)
        return_case(actor=office.atasan, step_run_id=office.case().task_id, to_step=3, reason=reason)
    office.at_step(5)
    found = Form.objects.filter(appraisal=office.case().appraisal).order_by("stage", "version")
    assert [(form.stage, form.version, form.state, form.source) for form in found] == [
        (Stage.ENTERED, 1, FormState.RETURNED, Source.COPY),
        (Stage.ENTERED, 2, FormState.RETURNED, Source.COPY),
        (Stage.ENTERED, 3, FormState.ACCEPTED, Source.COPY),
        (Stage.COLLECTED, 1, FormState.ACCEPTED, Source.SCREEN),
    ]


def test_content_read_once_is_forgotten_when_rows_are_written(office: Office) -> None:
    form = forms.draft_of(office.case().appraisal, Stage.COLLECTED)
    assert [line.quantity for line in form.kept_lines] == [None, None]
    forms.write_content(form, FORM)
    assert [line.quantity for line in form.kept_lines] == [Decimal(12), Decimal(4)]
