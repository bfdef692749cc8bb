"""Sharing residents out: nobody beyond a limit, nobody who may not, and the same every time."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainingbase.faculty.rules import Limits, Stay, Teacher, Teaching, Validity, unfit
from trainingbase.rotations.rules.supervising import assign, at_once

LIMITS = Limits(rank=2, days_away=14)
DECEMBER, JANUARY, FEBRUARY = date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)
FOREVER = (Validity(date(2020, 1, 1), date(2040, 1, 1)),)


def teacher(number, *departments, most=1, certificates=FOREVER, **more) -> Teacher:
    posts = tuple(Teaching(one) for one in departments)
    return Teacher(number, f"T{number}", "主治医师", most, posts, certificates, **more)


def by_id(*teachers) -> dict[int, Teacher]:
    return {one.id: one for one in teachers}


def test_room_is_made_for_whom_only_one_may_take():
    stays = [Stay("a", 1, DECEMBER, FEBRUARY), Stay("b", 2, JANUARY, FEBRUARY)]
    both, first_only = teacher(1, 1, 2), teacher(2, 1)
    done = assign(stays, by_id(both, first_only), LIMITS)
    assert done.supervisors == {"a": 2, "b": 1}
    assert done.nobody == []


def test_those_with_less_to_do_come_first_and_known_ones_before_them():
    stays = [Stay("a", 1, DECEMBER, JANUARY, resident=7)]
    two = by_id(teacher(1, 1, most=2), teacher(2, 1, most=2))
    busy = {1: [(JANUARY, FEBRUARY)]}
    assert assign(stays, two, LIMITS, spans=busy).supervisors == {"a": 2}
    known = {7: frozenset({1})}
    done = assign(stays, two, LIMITS, spans=busy, known=known)
    assert done.supervisors == {"a": 1}
    assert done.whys["a"].code == "known"


def test_who_supervises_already_goes_on_unless_they_are_to_be_replaced():
    short = (Validity(date(2020, 1, 1), date(2026, 12, 20)),)
    two = by_id(teacher(1, 1, certificates=short), teacher(2, 1))
    stay = Stay("a", 1, DECEMBER, JANUARY, supervisor=1)
    assert assign([stay], two, LIMITS).supervisors == {"a": 1}
    assert assign([stay], two, LIMITS).doubtful == ["a"]
    assert assign([stay], two, LIMITS, replacing=True).supervisors == {"a": 2}


def test_who_has_left_does_not_go_on():
    gone = teacher(1, 1, inactive_on=date(2026, 12, 10))
    done = assign([Stay("a", 1, DECEMBER, JANUARY, supervisor=1)], by_id(gone), LIMITS)
    assert done.supervisors == {"a": None} and done.nobody == ["a"]


def test_a_limit_that_was_lowered_sends_the_later_resident_to_somebody_else():
    two = by_id(teacher(1, 1, most=1), teacher(2, 1, most=1))
    stays = [Stay(key, 1, DECEMBER, JANUARY, supervisor=1) for key in "ab"]
    assert assign(stays, two, LIMITS).supervisors == {"a": 1, "b": 2}


on_a_busy_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
days = st.integers(0, 120).map(lambda n: DECEMBER + timedelta(days=n))


@st.composite
def counties(draw):
    """Teachers of up to three departments, and stays in them, some supervised already."""
    people = {}
    for number in range(1, draw(st.integers(1, 5)) + 1):
        end = draw(st.sampled_from([date(2027, 1, 15), date(2040, 1, 1)]))
        people[number] = teacher(
            number,
            *draw(st.sets(st.integers(1, 3), min_size=1)),
            most=draw(st.integers(0, 3)),
            certificates=(Validity(date(2020, 1, 1), end),),
            inactive_on=draw(st.none() | days),
        )
    stays = []
    for key in range(draw(st.integers(0, 10))):
        begin, length = draw(days), draw(st.integers(1, 60))
        stays.append(
            Stay(
                key,
                draw(st.integers(1, 3)),
                begin,
                begin + timedelta(days=length),
                draw(st.none() | st.sampled_from(sorted(people))),
                draw(st.integers(1, 4)),
            )
        )
    return people, stays


@on_a_busy_machine
@given(counties(), st.booleans())
def test_nobody_is_ever_beyond_a_limit_or_given_to_whom_may_not(county, replacing):
    people, stays = county
    done = assign(stays, people, LIMITS, replacing=replacing)
    assert set(done.supervisors) == {one.key for one in stays}
    of: dict[int, list[tuple[date, date]]] = {}
    for stay in stays:
        chosen = done.supervisors[stay.key]
        if chosen is None:
            continue
        of.setdefault(chosen, []).append((stay.starts_on, stay.ends_on))
        if replacing or chosen != stay.supervisor:
            assert unfit(people[chosen], stay, LIMITS) == []
    for number, spans in of.items():
        whole = Stay(None, 0, min(a for a, _ in spans), max(b for _, b in spans))
        assert at_once(spans, whole) <= people[number].most


@on_a_busy_machine
@given(counties())
def test_the_same_county_gives_the_same_supervisors(county):
    people, stays = county
    first = assign(stays, people, LIMITS, replacing=True)
    again = assign(reversed(stays), people, LIMITS, replacing=True)
    assert first.supervisors == again.supervisors


@on_a_busy_machine
@given(counties())
def test_nobody_waits_while_somebody_who_may_has_room(county):
    people, stays = county
    done = assign(stays, people, LIMITS, replacing=True)
    spans: dict[int, list[tuple[date, date]]] = {}
    for stay in stays:
        if done.supervisors[stay.key] is not None:
            mine = spans.setdefault(done.supervisors[stay.key], [])
            mine.append((stay.starts_on, stay.ends_on))
    for stay in stays:
        if done.supervisors[stay.key] is None:
            for number, one in people.items():
                fit = not unfit(one, stay, LIMITS)
                assert not (fit and at_once(spans.get(number, ()), stay) < one.most)
