"""What holds for every form under PP 46/2011, not only for the cases that someone thought of."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.rules.scoring import pp46_reference
from tests.rules.scoring.pp46_forms import activity, form

from takar.rules.numbers import format_decimal, round_half_up
from takar.rules.scoring.pp46_2011 import PP46_2011
from takar.rules.scoring.pp46_2011.activity import thrift_value

figures = st.decimals(min_value=Decimal("0.01"), max_value=10**9, places=2)
percents = st.decimals(min_value=Decimal("0.01"), max_value=100, places=2)
scores = st.decimals(min_value=0, max_value=100, places=2)
ASPECTS = ["orientasi_pelayanan", "integritas", "komitmen", "disiplin", "kerja_sama", "kepemimpinan"]


@st.composite
def activities(draw: st.DrawFn) -> dict[str, Any]:
    target = [draw(figures), draw(percents), draw(figures), draw(st.none() | st.just(Decimal(0)) | figures)]
    realised = [draw(st.just(Decimal(0)) | figures), draw(percents), draw(figures), draw(figures)]
    return activity(target, realised)


@st.composite
def forms(draw: st.DrawFn) -> dict[str, Any]:
    leadership = draw(st.booleans())
    return form(
        activities=draw(st.lists(activities(), min_size=1, max_size=5)),
        additional_tasks=[{"name": "Tugas"}] * draw(st.integers(0, 9)),
        creativity=[
            {"name": "Karya", "level": level} for level in draw(st.lists(st.sampled_from(["unit", "organisasi"])))
        ],
        leadership=leadership,
        behaviour={key: draw(scores) for key in (ASPECTS if leadership else ASPECTS[:-1])},
    )


@given(forms())
def test_a_second_computation_in_fractions_agrees(data: dict[str, Any]) -> None:
    values = PP46_2011.evaluate(data).values
    assert values["skp"].exact == pp46_reference.skp(data)
    assert values["final"].exact == pp46_reference.final(data)


@given(forms())
def test_rounding_happens_only_when_printing(data: dict[str, Any]) -> None:
    result = PP46_2011.evaluate(data)
    value = result.values["final"]
    assert value.exact is not None
    assert value.rounded == round_half_up(value.exact, 2)
    assert [line.printed for line in result.lines if line.key == "final"] == [format_decimal(value.exact)]


@given(forms(), st.randoms(use_true_random=False))
def test_the_order_of_activities_is_irrelevant(data: dict[str, Any], random: Any) -> None:
    shuffled = list(data["activities"])
    random.shuffle(shuffled)
    assert (
        PP46_2011.evaluate(data | {"activities": shuffled}).values["final"] == PP46_2011.evaluate(data).values["final"]
    )


@given(activities(), st.sampled_from([Decimal(1000), Decimal(12), Decimal("0.5")]))
def test_the_scale_of_units_is_irrelevant(item: dict[str, Any], factor: Decimal) -> None:
    scaled = {
        part: {
            key: number if number is None or key == "quality" else number * factor for key, number in item[part].items()
        }
        for part in ("target", "realisation")
    }
    value = PP46_2011.evaluate(form(activities=[item])).values["activities.0"]
    assert PP46_2011.evaluate(form(activities=[item | scaled])).values["activities.0"] == value


@given(figures, figures, figures)
def test_using_less_is_never_worse_up_to_the_limit_and_never_better_beyond(
    target: Decimal, one: Decimal, other: Decimal
) -> None:
    less, more = sorted((one, other))
    (saved_less, value_of_less), (saved_more, value_of_more) = thrift_value(target, less), thrift_value(target, more)
    if saved_less <= 24:
        assert value_of_less >= value_of_more
    elif saved_more > 24:
        assert value_of_less <= value_of_more


@given(activities(), figures)
def test_more_output_is_never_worse(item: dict[str, Any], more: Decimal) -> None:
    done = item["realisation"]
    better = item | {"realisation": done | {"quantity": done["quantity"] + more}}
    values = [PP46_2011.evaluate(form(activities=[each])).values["activities.0"].exact for each in (item, better)]
    if done["quantity"] > 0:
        assert (values[0] or 0) < (values[1] or 0)


@given(figures)
def test_the_aspect_never_exceeds_one_hundred(target: Decimal) -> None:
    used = [target * share / 100 for share in range(0, 300, 7)]
    assert max(thrift_value(target, each)[1] for each in used) <= Fraction(100)
