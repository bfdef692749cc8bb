"""What a breach costs, to the cent; who may be promoted; who stayed."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from trainingbase.careers.rules.breaching import Case, Item, reckoned, rounded, total
from trainingbase.careers.rules.claiming import Span, against
from trainingbase.careers.rules.eligibility import Asked, Found, judge
from trainingbase.careers.rules.retaining import Outcome, Worked, bunches, outcome, place_at

D = Decimal
CASE = Case(training_months=D(36), paid=D("108000.50"), years=D(6), owed_days=2000,
            served_days=D(500))  # fmt: skip


def item(kind, per, amount, by_unserved=False):
    return Item(kind, per, None, D(amount), per, by_unserved)


def test_each_part_is_what_its_words_say():
    lines = reckoned(
        [
            item("penalty", "percent", "50"),
            item("penalty", "owed_year", "1000", by_unserved=True),
            item("repayment", "training_year", "10000"),
            item("repayment", "training_month", "100", by_unserved=True),
            item("repayment", "paid", "10"),
            item("repayment", "whole", "5000"),
        ],
        CASE,
        D("0.01"),
    )
    found = {one.item.per: one.amount for one in lines}
    assert found == {
        "training_year": D("30000.00"),
        "training_month": D("2700.00"),  # 3600 for 1500 of 2000 days
        "paid": D("10800.05"),
        "whole": D("5000.00"),
        "owed_year": D("4500.00"),
        "percent": D("24700.03"),  # half of 49400.05, before any share was taken off
    }
    assert total(lines, "repayment") == D("48500.05")


def test_rounding_is_half_up_to_the_step():
    assert rounded(D("2.5"), D(1)) == 3
    assert rounded(D("2.45"), D("0.1")) == D("2.5")
    assert rounded(D("2.444"), D("0.01")) == D("2.44")


@given(st.integers(0, 2000), st.decimals(0, 100000, places=2))
def test_a_share_never_costs_more_than_the_whole(served, amount):
    case = Case(D(36), D(0), D(6), 2000, D(served))
    (line,) = reckoned([item("penalty", "whole", amount, by_unserved=True)], case, D("0.01"))
    assert 0 <= line.amount <= amount
    if served == 2000:
        assert line.amount == 0


def test_conditions():
    at_least = Asked("research_points", ">=", D(5))
    assert judge(at_least, Found(D(5))).is_met
    assert judge(at_least, Found(D("3.5"))).missing == D("1.5")
    assert not judge(at_least, Found(None)).is_met
    assert judge(Asked("x", "<=", D(2)), Found(D(3))).missing == 1
    assert judge(Asked("x", "=", D(2)), Found(D(2))).is_met
    assert Asked("x", "=", D(2), 12).since(date(2026, 11, 22)) == date(2025, 11, 22)


def test_records_side_by_side():
    open_one = Span(1, date(2024, 1, 1), None)
    assert against(date(2025, 1, 1), None, [open_one]) == (None, open_one)
    assert against(date(2023, 1, 1), None, [open_one])[0] is open_one
    assert against(date(2023, 1, 1), date(2024, 1, 1), [open_one]) == (None, None)
    waiting = Span(2, date(2024, 1, 1), None, waits=True)
    assert against(date(2025, 1, 1), None, [waiting])[0] is waiting


FREE = date(2023, 9, 1)


def worked(place, starts_on, ends_on=None, known=date(2026, 1, 1), left=False):
    return Worked(place, starts_on, ends_on, known, left)


def test_who_stays_is_counted_until_last_known():
    stays = outcome(FREE, [worked("primary", FREE)], of="network", gap_days=90)
    assert stays is not None and not stays.left and round(stays.months) == 28


def test_who_goes_outside_left_on_the_last_day_inside():
    records = [worked("primary", FREE, date(2024, 9, 1)), worked("outside", date(2024, 9, 1))]
    gone = outcome(FREE, records, of="network", gap_days=90)
    assert gone is not None and gone.left and round(gone.months) == 12
    assert outcome(FREE, [records[1]], of="network", gap_days=9999) == Outcome(0.0, True)


def test_from_primary_care_to_the_county_hospital_leaves_the_one_and_not_the_other():
    records = [worked("primary", FREE, date(2024, 9, 1)), worked("network", date(2024, 10, 1))]
    inside = outcome(FREE, records, of="network", gap_days=90)
    primary = outcome(FREE, records, of="primary", gap_days=90)
    assert inside is not None and not inside.left
    assert primary is not None and primary.left


def test_an_ended_post_with_nothing_after_it_is_leaving_only_with_a_reason():
    ended = worked("primary", FREE, date(2024, 9, 1))
    known = outcome(FREE, [ended], of="network", gap_days=90)
    assert known is not None and not known.left
    said = outcome(FREE, [worked("primary", FREE, date(2024, 9, 1), left=True)], of="network",
                   gap_days=90)  # fmt: skip
    assert said is not None and said.left
    assert outcome(FREE, [], of="network", gap_days=90) is None


def test_where_somebody_was_at_a_time():
    records = [worked("primary", date(2023, 10, 1), date(2024, 9, 1)),
               worked("outside", date(2024, 9, 1))]  # fmt: skip
    today = date(2026, 1, 1)
    assert [place_at(FREE, records, months, today) for months in (0, 6, 12, 36)] == [
        "primary", "primary", "outside", "ahead",
    ]  # fmt: skip
    assert place_at(FREE, [], 6, today) == "unknown"


def test_small_groups_are_not_shown_and_not_left_over():
    groups = {"a": list(range(10)), "b": list(range(10, 16)), "c": [20, 21]}
    shown = {one.key: len(one.members) for one in bunches(groups, 5)}
    assert shown == {"a": 10, "": 8}  # b joins c, so that two people are not what is left over
    assert [one.key for one in bunches({"a": [1, 2]}, 5)] == [""]


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 9)))
def test_nobody_is_lost_and_no_group_is_small(sizes):
    groups, start = {}, 0
    for key, size in sizes.items():
        groups[key] = list(range(start, start + size))
        start += size
    found = bunches(groups, 5)
    assert sorted(one for bunch in found for one in bunch.members) == list(range(start))
    assert all(len(one.members) >= 5 for one in found) or len(found) == 1
