"""The language of rules: what it understands, and how it says no."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainingbase.incentives.rules.language import compiled
from trainingbase.incentives.rules.operations import Wrong
from trainingbase.incentives.rules.vocabulary import names_of

TRAINING = names_of("training")
ROW = {
    "months": Decimal("0.5"),
    "training_year": Decimal(2),
    "trainee_type": "social",
    "leave_days": Decimal(10),
    "month_days": Decimal(30),
    "sick_days": Decimal(0),
}


def value(text, wanted="amount"):
    return compiled(text, TRAINING, wanted=wanted).evaluate(ROW, {})


def wrong(text, wanted="amount"):
    with pytest.raises(Wrong) as said:
        compiled(text, TRAINING, wanted=wanted)
    return said.value


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("months", Decimal("0.5")),
        ("months * 2", Decimal(1)),
        ("leave_days - sick_days + 1", Decimal(11)),
        ("1 - leave_days / month_days", 1 - Decimal(10) / 30),
        ("1.2 if training_year >= 2 else 1", Decimal("1.2")),
        ("leave_days / sick_days if sick_days > 0 else 0", Decimal(0)),
        ("min(leave_days, 3)", Decimal(3)),
        ("floor(months * 3)", Decimal(1)),
        ("months * 0.1", Decimal("0.05")),
        ("（months）＊ 2", Decimal(1)),
    ],
)
def test_a_number_is_reckoned_exactly(text, result):
    assert value(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ('trainee_type == "social" and training_year > 1', True),
        ('trainee_type in ("unit", "oriented")', False),
        ('not contains(trainee_type, "soc")', False),
        ("1 < training_year <= 2", True),
        ("True", True),
    ],
)
def test_a_condition_is_decided(text, result):
    assert value(text, "flag") is result


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("month", "unknown-name"),
        ("months + leave_days", "units"),
        ("months * leave_days", "units"),
        ("months > leave_days", "units"),
        ('months == "social"', "units"),
        ("trainee_type", "wanted"),
        ("months > 0", "wanted"),
        ("months / sick_days", "units"),
        ("leave_days / sick_days", "zero"),
        ("leave_days / (month_days - 30)", "zero"),
        ("leave_days / 0", "zero"),
        ("maxx(months, 1)", "unknown-function"),
        ("months.real", "not-understood"),
        ("__import__('os')", "unknown-function"),
        ("(lambda: 1)()", "unknown-function"),
        ("[months for months in (1,)]", "not-understood"),
        ("months ** 9", "not-understood"),
        ("months if months else 1", "wanted"),
        ("9" * 400, "too-large"),
        ("1e400", "too-large"),
        ("(" * 240 + "1" + ")" * 240, "syntax"),
        ("-" * 100 + "1", "too-deep"),
        ("1 +", "syntax"),
        ("", "syntax"),
        ("months\n+ 1", "syntax"),
        ("1" * 600, "too-long"),
        ("min(trainee_type)", "units"),
        ("trainee_type in months", "units"),
        ("b'x'", "not-understood"),
    ],
)
def test_what_is_wrong_is_named(text, kind):
    assert wrong(text).kind == kind


def test_a_slip_of_the_pen_is_guessed():
    assert wrong("trainig_year").facts["near"] == "training_year"


@given(st.text(max_size=120))
def test_no_text_does_harm(text):
    try:
        compiled(text, TRAINING, wanted="amount")
    except Wrong as said:
        assert said.kind
