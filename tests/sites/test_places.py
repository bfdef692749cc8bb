"""One rule says how many residents a department takes."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trainingbase.sites.rules.agreements import gaps_of, span_of, state_of
from trainingbase.sites.rules.places import (
    Opening,
    clashing,
    halves,
    merged,
    places,
    places_of_month,
)

JANUARY, FEBRUARY, MARCH = date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)
days = st.integers(0, 730).map(lambda number: date(2026, 6, 1) + timedelta(days=number))
spans = st.tuples(days, st.integers(1, 200)).map(lambda p: (p[0], p[0] + timedelta(days=p[1])))


def test_a_change_holds_from_its_month_until_the_next():
    one = Opening(3, 1, changes=((FEBRUARY, 5, 0), (MARCH, 0, 0)))
    assert [places_of_month(one, m).most for m in (JANUARY, FEBRUARY, MARCH)] == [3, 5, 0]
    assert places_of_month(one, JANUARY).fewest == 1


def test_a_closure_of_half_a_month_leaves_the_other_half():
    one = Opening(3, closed=((JANUARY, date(2027, 1, 16)),))
    there = places_of_month(one, JANUARY)
    assert there.halves == (0, 3)
    assert not there.is_whole and not there.is_closed


def test_less_than_half_of_a_half_month_closes_nothing():
    assert places_of_month(Opening(3, closed=((JANUARY, date(2027, 1, 8)),)), JANUARY).most == 3
    assert (
        places_of_month(Opening(3, closed=((JANUARY, date(2027, 1, 9)),)), JANUARY).halves[0] == 0
    )


def test_closures_that_overlap_are_not_counted_twice():
    five, same = (JANUARY, date(2027, 1, 6)), (date(2027, 1, 2), date(2027, 1, 7))
    assert places(Opening(3, closed=(five, same)), *halves(JANUARY)[0]) == (3, 0)


def test_outside_the_agreement_nobody_is_taken():
    one = Opening(3, opens_on=date(2027, 1, 10), shuts_on=date(2027, 2, 20))
    assert places_of_month(one, JANUARY).halves == (0, 3)
    assert places_of_month(one, FEBRUARY).halves == (3, 0)


def test_several_agreements_span_and_leave_gaps():
    terms = [(JANUARY, FEBRUARY), (MARCH, None), (date(2027, 1, 15), date(2027, 2, 10))]
    assert span_of(terms) == (JANUARY, None)
    assert gaps_of(terms) == ((date(2027, 2, 10), MARCH),)
    assert span_of([]) == (None, None) and gaps_of([]) == ()


def test_the_state_of_an_agreement():
    def state(starts, ends, needed=True):
        return state_of(starts, ends, today=FEBRUARY, soon=90, needed=needed)

    assert state(None, None) == "missing"
    assert state(None, None, needed=False) == "none_needed"
    assert state(MARCH, None) == "to_come"
    assert state(JANUARY, None) == "endless"
    assert state(JANUARY, FEBRUARY) == "ended"
    assert state(JANUARY, date(2027, 5, 2)) == "ending"
    assert state(JANUARY, date(2027, 5, 3)) == "in_force"


@given(st.lists(spans, max_size=6))
def test_merged_spans_hold_the_same_days_and_do_not_touch(found):
    def all_days(some):
        return {s + timedelta(days=n) for s, e in some for n in range((e - s).days)}

    whole = merged(found)
    assert all_days(whole) == all_days(found)
    assert all(one[1] < two[0] for one, two in itertools.pairwise(whole))
    assert all(clashing(found, *one) is not None for one in found)


@given(
    st.integers(0, 9),
    st.lists(st.tuples(days, st.integers(0, 9), st.integers(0, 9)), max_size=4),
    st.lists(spans, max_size=4),
    days,
)
def test_places_are_never_negative_nor_fewer_than_the_fewest(most, changes, closed, day):
    kept = tuple(sorted((d.replace(day=1), max(m, f), min(m, f)) for d, m, f in changes))
    one = Opening(most, 0, kept, tuple(closed), opens_on=date(2026, 9, 1))
    for span in halves(day.replace(day=1)):
        there, fewest = places(one, *span)
        assert 0 <= fewest <= there
