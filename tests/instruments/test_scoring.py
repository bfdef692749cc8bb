"""The one rule of scores: hidden, unobserved and missing items, weights, vetoes, passing."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainingbase.instruments.rules.scoring import (
    NOT_OBSERVED,
    AnswersAtFault,
    asked,
    judged,
    result_of,
    total_of,
)


@dataclass(frozen=True)
class Line:
    code: str
    kind: str = "score"
    points: Decimal | None = None
    lowest: Decimal | None = Decimal(0)
    highest: Decimal | None = None
    options: list | None = None
    is_required: bool = False
    may_be_unobserved: bool = False
    shown_when: dict | None = None
    is_veto: bool = False
    weight: Decimal | None = None
    missing: str | None = None
    more: dict = field(default_factory=dict)


def score(code, points, **more):
    return Line(code, points=Decimal(points), highest=Decimal(points), **more)


GATE = Line("G", kind="choice", options=[[1, "在院", "In"], [2, "出院", "Out"]], is_required=True)
HIDDEN = score("H", 15, shown_when={"item": "G", "in": [2]}, is_required=True)
BASE = score("B", 85, is_required=True)
VETO = Line("V", kind="boolean", highest=Decimal(1), is_veto=True)


def test_a_hidden_item_counts_on_neither_side_and_is_not_required():
    kept = judged([GATE, BASE, HIDDEN], {"G": 1, "B": 68, "H": 15})
    assert "H" not in kept
    result = result_of([GATE, BASE, HIDDEN], kept)
    assert (result.total, result.reachable, result.share) == (68, 85, 80)
    shown = result_of([GATE, BASE, HIDDEN], {"G": Decimal(2), "B": Decimal(68), "H": Decimal(12)})
    assert (shown.total, shown.reachable, shown.share) == (80, 100, 80)
    with pytest.raises(AnswersAtFault) as refused:
        judged([GATE, BASE, HIDDEN], {"G": 2, "B": 68})
    assert [(fault.code, fault.why) for fault in refused.value.faults] == [("H", "missing")]


@pytest.mark.parametrize("odd", ["NaN", "sNaN", "Infinity", "-Infinity", "1e400", "-1e400", "x"])
def test_what_is_no_number_is_a_fault_and_shows_nothing(odd):
    count = Line("C", kind="count")
    assert asked([GATE, HIDDEN], {"G": odd}) == [GATE]
    with pytest.raises(AnswersAtFault) as refused:
        judged([GATE, HIDDEN, count], {"G": odd, "C": odd})
    assert {fault.code for fault in refused.value.faults} == {"G", "C"}


def test_what_depends_on_a_hidden_item_is_hidden_too():
    deeper = Line("D", kind="text", shown_when={"item": "H", "in": [15]}, is_required=True)
    assert [one.code for one in asked([GATE, HIDDEN, deeper], {"G": 1, "H": 15})] == ["G"]
    assert len(asked([GATE, HIDDEN, deeper], {"G": 2, "H": 15})) == 3


def test_a_line_not_defined_yet_asks_nothing():
    undefined = score("U", 20, missing="item", is_required=True)
    assert judged([undefined, BASE], {"B": 80, "U": 20}) == {"B": 80}
    assert result_of([undefined, BASE], {"B": Decimal(80)}).reachable == 85


@pytest.mark.parametrize(
    ("veto", "total", "passed"), [(None, 80, True), ("zero", 0, False), ("fail", 80, False)]
)
def test_a_veto_does_what_the_base_says_and_nothing_where_nobody_has_said_it(veto, total, passed):
    rules = [{"kind": "total", "least": "60"}]
    answers = {"B": Decimal(80), "V": Decimal(1)}
    result = result_of([BASE, VETO], answers, pass_rules=rules, veto=veto)
    assert (result.total, result.passed, result.vetoed) == (total, passed, ("V",))
    clear = result_of([BASE, VETO], {**answers, "V": Decimal(0)}, pass_rules=rules, veto=veto)
    assert (clear.total, clear.passed, clear.vetoed) == (80, True, ())


def test_weights_multiply_on_both_sides():
    lines = [score("A", 10, weight=Decimal(3)), score("B", 10)]
    result = result_of(lines, {"A": Decimal(10), "B": Decimal(0)})
    assert (result.total, result.reachable, result.share) == (30, 40, 75)


@pytest.mark.parametrize(
    ("rule", "passed"),
    [
        ({"kind": "share", "least": "80"}, True),
        ({"kind": "share", "least": "80.01"}, False),
        ({"kind": "item", "item": "B", "least": "68"}, True),
        ({"kind": "item", "item": "B", "least": "69"}, False),
        ({"kind": "item", "item": "H", "least": "5"}, True),
    ],
)
def test_rules_for_passing(rule, passed):
    answers = {"G": Decimal(1), "B": Decimal(68)}
    assert result_of([GATE, BASE, HIDDEN], answers, pass_rules=[rule]).passed is passed


def test_a_form_without_points_has_neither_total_nor_judgement():
    rating = Line("R", kind="rating", lowest=Decimal(1), highest=Decimal(9))
    result = result_of([rating], {"R": Decimal(7)})
    assert (result.total, result.reachable, result.share, result.passed) == (None,) * 4


points = st.integers(1, 40)


@st.composite
def filled_forms(draw):
    """A form of scores, some behind a gate, some weighted, and answers within the points."""
    lines, answers = [GATE], {"G": Decimal(draw(st.sampled_from([1, 2])))}
    for number in range(draw(st.integers(1, 8))):
        most = draw(points)
        line = score(
            f"S{number}", most, may_be_unobserved=True,
            shown_when=draw(st.sampled_from([None, {"item": "G", "in": [2]}])),
            weight=draw(st.sampled_from([None, Decimal("0.5"), Decimal(2)])),
        )  # fmt: skip
        lines.append(line)
        given_to_it = draw(st.none() | st.integers(0, most) | st.just("left out"))
        if given_to_it != "left out":
            answers[line.code] = None if given_to_it is None else Decimal(given_to_it)
    return lines, answers


@given(filled_forms())
def test_the_total_lies_between_nothing_and_what_can_be_reached(form):
    lines, answers = form
    result = result_of(lines, judged(lines, answers))
    assert 0 <= result.total <= result.reachable
    assert result.share is None or 0 <= result.share <= 100


@given(filled_forms())
def test_what_stands_in_hidden_items_changes_nothing(form):
    lines, answers = form
    answers = {**answers, "G": Decimal(1)}
    hidden = {one.code for one in lines if one.shown_when}
    without = {code: value for code, value in answers.items() if code not in hidden}
    assert result_of(lines, answers) == result_of(lines, without)
    assert judged(lines, answers) == judged(lines, without)


@given(filled_forms(), st.data())
def test_a_better_answer_never_lowers_the_total(form, data):
    lines, answers = form
    scored = [one for one in lines if one.points and isinstance(answers.get(one.code), Decimal)]
    if not scored:
        return
    line = data.draw(st.sampled_from(scored))
    better = {**answers, line.code: line.points}
    assert total_of(lines, better) >= total_of(lines, answers)


@given(filled_forms())
def test_an_unobserved_item_leaves_the_share_of_the_rest(form):
    lines, answers = form
    observed = [one for one in lines if one.kind == "score"]
    gone = observed[0].code
    unobserved = result_of(lines, {**answers, gone: NOT_OBSERVED})
    rest = [one for one in lines if one.code != gone]
    left = {code: value for code, value in answers.items() if code != gone}
    assert unobserved.reachable == (result_of(rest, left).reachable or 0)


@given(filled_forms())
def test_a_veto_never_lets_a_form_pass(form):
    lines, answers = form
    marked = {**answers, "V": Decimal(1)}
    rules = [{"kind": "total", "least": "0"}]
    assert result_of([*lines, VETO], marked, pass_rules=rules, veto="fail").passed is False
    assert result_of([*lines, VETO], marked, veto="zero").total == 0
