"""What is served adds up, however it is split."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainingbase.careers.rules.milestones import reached
from trainingbase.careers.rules.serving import (
    Balance,
    Stretch,
    Terms,
    balance,
    standing,
    years_later,
)

DAY = date(2023, 9, 1)
FAR = date(2050, 1, 1)
TERMS = Terms(Decimal(6), DAY, levels=frozenset({"township"}))


def at(starts_on, ends_on, level="township", share="1", key=1):
    return Stretch(starts_on, ends_on, key=key, level=level, institution_id=1, share=Decimal(share))


def served(*stretches, terms=TERMS, until=FAR):
    return balance(terms, stretches, until)


def test_six_years_without_a_gap_are_six_years_leap_years_included():
    found = served(at(DAY, date(2029, 9, 1)))
    assert found.owed_days == (date(2029, 9, 1) - DAY).days == 2192  # two leap days
    assert found.is_served and found.percent == 100
    assert not served(at(DAY, date(2029, 8, 31))).is_served


def test_who_begins_on_a_29th_of_february_ends_on_the_last_of_february():
    assert years_later(date(2024, 2, 29), Decimal(6)) == date(2030, 2, 28)
    assert years_later(date(2024, 2, 29), Decimal(4)) == date(2028, 2, 29)
    assert years_later(DAY, Decimal("0.5")) == date(2024, 3, 1)
    assert years_later(date(2026, 11, 22), Decimal(-24) / 12) == date(2024, 11, 22)


def test_training_counts_only_where_the_rule_says_so():
    training = Stretch(date(2020, 9, 1), DAY)
    own = Terms(Decimal(6), date(2020, 9, 1), levels=frozenset({"township"}), training_counts=True)
    inside = served(training, at(DAY, date(2026, 9, 1)), terms=own)
    assert inside.is_served
    assert [row.why for row in inside.rows] == ["training", "counts"]
    assert served(training).served_days == 0


@pytest.mark.parametrize(
    ("part_time", "days"), [("share", Decimal(50)), ("full", Decimal(100)), ("none", Decimal(0))]
)
def test_part_time_counts_as_the_rule_says(part_time, days):
    terms = Terms(Decimal(1), DAY, levels=frozenset({"township"}), part_time=part_time)
    half = at(DAY, DAY + timedelta(days=100), share="0.5")
    assert served(half, terms=terms).served_days == days


def test_other_places_do_not_count_but_named_ones_do():
    other = at(DAY, date(2024, 9, 1), level="lead")
    assert served(other).served_days == 0
    named = Terms(Decimal(6), DAY, institution_ids=frozenset({1}))
    assert served(other, terms=named).served_days == 366
    outside = Stretch(DAY, date(2024, 9, 1), key=1)
    assert served(outside).served_days == 0
    anywhere = Terms(Decimal(6), DAY, outside_counts=True)
    assert served(outside, terms=anywhere).served_days == 366


spans = st.tuples(st.integers(0, 4000), st.integers(1, 2500), st.sampled_from(["1", "0.5", "0.25"]))


@settings(max_examples=150)
@given(spans, st.lists(st.integers(1, 2499), max_size=6), st.integers(0, 6000))
def test_any_split_of_a_record_sums_to_the_same(span, cuts, until):
    starts, length, share = span
    first = DAY + timedelta(days=starts - 800)
    edges = sorted({0, length, *(cut for cut in cuts if cut < length)})
    parts = [
        at(first + timedelta(days=a), first + timedelta(days=b), share=share, key=n)
        for n, (a, b) in enumerate(pairwise(edges), 1)
    ]
    day = DAY + timedelta(days=until - 500)
    whole = served(at(first, first + timedelta(days=length), share=share), until=day)
    assert served(*parts, until=day).served_days == whole.served_days


@settings(max_examples=150)
@given(st.lists(spans, max_size=8), st.integers(0, 6000))
def test_never_more_than_all_and_never_less_as_time_goes_on(found, until):
    stretches = [
        at(DAY + timedelta(days=starts - 500), DAY + timedelta(days=starts - 500 + length),
           share=share, key=n)
        for n, (starts, length, share) in enumerate(found, 1)
    ]  # fmt: skip
    day = DAY + timedelta(days=until)
    now, later = served(*stretches, until=day), served(*stretches, until=day + timedelta(days=9))
    assert 0 <= now.served_days <= now.owed_days
    assert now.percent <= 100
    assert now.served_days <= later.served_days
    assert (now.percent == 100) == now.is_served


def test_states():
    def state(*stretches, today, free_on=DAY):
        return standing(
            served(*stretches, until=today), free_on=free_on, today=today, begin_days=60,
            gap_days=30,
        )  # fmt: skip

    assert state(today=DAY, free_on=None)[0] == "training"
    assert state(today=DAY + timedelta(days=60)) == ("waiting", DAY + timedelta(days=60))
    assert state(today=DAY + timedelta(days=61)) == ("late", DAY + timedelta(days=60))
    assert state(at(DAY, None), today=date(2024, 1, 1))[0] == "serving"
    left = at(DAY, date(2024, 1, 1))
    assert state(left, today=date(2024, 1, 31)) == ("waiting", date(2024, 1, 31))
    assert state(left, today=date(2024, 2, 1))[0] == "late"
    assert state(at(DAY, None), today=date(2029, 9, 1))[0] == "fulfilled"


def test_milestones_are_told_once():
    half = Balance(100, Decimal(50), ())
    assert reached(half, "serving", None, []) == ["50"]
    assert reached(half, "serving", None, ["50"]) == []
    assert reached(half, "late", DAY, ["50"]) == ["late-2023-09-01"]
    assert reached(half, "late", DAY, ["50", "late-2023-09-01"]) == []
