"""The walk of an OSCE, whatever its size."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainingbase.exams.rules.timetable import (
    Bells,
    NothingToPlan,
    again,
    numbers_of,
    posts,
    walk,
)

SIZES = {
    "stations": st.integers(1, 14),
    "candidates": st.integers(1, 60),
    "circuits": st.integers(1, 5),
    "rests": st.integers(0, 5),
}


@settings(max_examples=60)
@given(**SIZES)
def test_everybody_is_everywhere_once_and_nobody_meets(stations, candidates, circuits, rests):
    rooms, people = [f"S{n}" for n in range(stations)], [f"p{n}" for n in range(candidates)]
    visits = walk(rooms, people, circuits=circuits, rests=rests)
    assert Counter((one.candidate, one.station) for one in visits) == Counter(
        (person, room) for person in people for room in rooms
    )
    at_once = Counter((one.candidate, one.round) for one in visits)
    assert set(at_once.values()) == {1}, "somebody is in two rooms at once"
    in_room = Counter((one.station, one.circuit, one.round) for one in visits)
    assert set(in_room.values()) == {1}, "two candidates meet in a room"
    assert all(len({v.circuit for v in visits if v.candidate == p}) == 1 for p in people[:5])


@settings(max_examples=60)
@given(**SIZES)
def test_no_circuit_is_longer_than_it_must_be(stations, candidates, circuits, rests):
    visits = walk(range(stations), range(candidates), circuits=circuits, rests=rests)
    wave = stations + rests
    most = -(-candidates // circuits)
    assert max(one.round for one in visits) < -(-most // wave) * wave
    numbers = numbers_of(range(candidates), circuits)
    assert len({number for _circuit, number in numbers.values()}) == candidates
    assert {(one.candidate, one.circuit) for one in visits} == {
        (who, circuit) for who, (circuit, _number) in numbers.items()
    }


@settings(max_examples=60)
@given(
    st.sets(st.tuples(st.integers(0, 9), st.integers(0, 5)), min_size=1, max_size=40),
    st.sets(st.tuples(st.integers(0, 9), st.integers(10, 20)), max_size=20),
)
def test_what_is_gone_again_meets_nobody_either(wanted, busy):
    circuit_of = {candidate: candidate % 2 for candidate, _station in wanted}
    asked = [(c, s, circuit_of[c]) for c, s in sorted(wanted)]
    visits = again(asked, first_round=10, busy=busy)
    assert sorted((v.candidate, v.station, v.circuit) for v in visits) == sorted(asked)
    assert all(v.round >= 10 and (v.candidate, v.round) not in busy for v in visits)
    assert len({(v.candidate, v.round) for v in visits}) == len(visits)
    assert len({(v.station, v.circuit, v.round) for v in visits}) == len(visits)


def test_rests_stand_apart():
    assert posts(["a", "b", "c", "d"], 2) == ["a", "b", None, "c", "d", None]
    assert posts(["a", "b"], 0) == ["a", "b"]
    assert posts(["a"], 3) == ["a", None, None, None]


def test_bells_ring_after_each_round_and_pause_after_a_wave():
    begin = datetime(2026, 11, 22, 1, tzinfo=UTC)
    bells = Bells(begin, length=8, change=2, pause=15, wave=3)
    minutes = [(bells.start_of(n) - begin) / timedelta(minutes=1) for n in range(5)]
    assert minutes == [0, 10, 20, 45, 55]


def test_without_anybody_there_is_no_plan():
    with pytest.raises(NothingToPlan):
        walk([], ["a"], circuits=1, rests=0)
    with pytest.raises(NothingToPlan):
        walk(["a"], [], circuits=1, rests=0)
