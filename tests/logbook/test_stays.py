"""Which part of a minimum falls to which stay; the figure is the same by every path."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from trainingbase.logbook.rules.completion import Completion, divided
from trainingbase.logbook.rules.stays import (
    Relief,
    Stay,
    department_lines,
    department_sums,
    easing_of,
    part_of,
    stay_lines,
)

BEGIN = date(2026, 9, 1)


def stay(number, starts_on, ends_on, away=0) -> Stay:
    return Stay(number, (ends_on - starts_on).days, away)


def part(*stays, months=2, credited=0, leave_from=8):
    return part_of(stays, months=Decimal(months), credited=Decimal(credited), leave_from=leave_from)


OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
WHOLE = stay(1, OCTOBER, date(2026, 12, 1))


def test_a_credit_takes_its_part_and_no_more():
    assert part(WHOLE).target_of(10) == 10
    assert part(credited="0.5").target_of(10) == 8
    assert part(credited=2).target_of(10) == 0
    assert part(credited=5).target_of(10) == 0
    assert part(months=3, credited=1).target_of(1) == 1


def test_leave_takes_its_part_from_a_number_of_days_on():
    away = stay(1, OCTOBER, date(2026, 12, 1), away=15)
    assert part(away).target_of(10) == 8
    assert part(away, leave_from=16).target_of(10) == 10
    assert part(away, leave_from=0).target_of(10) == 10
    assert part(stay(1, OCTOBER, date(2026, 12, 1), away=61)).target_of(10) == 0


def test_leave_that_a_longer_stay_makes_up_takes_nothing():
    longer = stay(1, OCTOBER, date(2026, 12, 16), away=15)
    assert part(longer).target_of(10) == 10


def test_a_split_stay_is_asked_by_its_days():
    first, second = stay(1, OCTOBER, NOVEMBER), stay(2, date(2027, 2, 1), date(2027, 3, 1))
    assert divided(10, part(first, second).weights) == [6, 4, 0]
    assert divided(1, part(first, second).weights) == [1, 0, 0]


def test_what_is_not_placed_yet_falls_to_no_stay():
    assert divided(10, part(stay(1, OCTOBER, NOVEMBER)).weights) == [6, 4]
    assert divided(10, part().weights) == [10]
    february = stay(1, date(2027, 2, 1), date(2027, 4, 1))
    assert divided(100, part(february).weights) == [100, 0]


def test_leave_is_taken_from_the_stay_it_was_in():
    first = stay(1, OCTOBER, NOVEMBER, away=16)
    second = stay(2, NOVEMBER, date(2026, 12, 1))
    both = part(first, second)
    assert both.target_of(20) == 15
    assert divided(both.target_of(20), both.weights) == [5, 10, 0]


def test_what_one_stay_did_beyond_its_part_counts_where_another_lacks_it():
    stays = stay(1, OCTOBER, NOVEMBER), stay(2, NOVEMBER, date(2026, 12, 1))
    key = (1, "disease", "COPD")
    found = stay_lines(
        [(key, 10)],
        {1: part(*stays)},
        done={1: {key: 8}, 2: {key: 2}},
        waiting={1: {key: 1}, None: {key: 4}},
    )
    [first], [second], [rest] = found[1].lines, found[2].lines, found[None].lines
    assert (first.target, first.done, first.brought, first.counted) == (6, 8, 0, 6)
    assert (second.target, second.done, second.brought, second.counted) == (4, 2, 2, 4)
    assert (rest.target, rest.counted) == (0, 0)
    assert sum(line.waiting for line in (first, second, rest)) == 5


def test_a_decision_eases_its_stay_and_no_more_than_falls_to_it():
    stays = stay(1, OCTOBER, NOVEMBER), stay(2, NOVEMBER, date(2026, 12, 1))
    parts = {1: part(*stays), 2: part(stay(3, date(2027, 1, 1), date(2027, 3, 1)))}
    key = (1, "disease", "COPD")

    def targets(*reliefs):
        easing = easing_of(reliefs, [(key, 10)], parts)
        found = stay_lines([(key, 10)], parts, done={}, waiting={}, easing=easing)
        return [sum(line.target for line in found[one].lines) for one in (1, 2, 3)]

    assert targets() == [6, 4, 0]
    assert targets(Relief(1, key, 2)) == [4, 4, 0]
    assert targets(Relief(1, key, 4), Relief(1, key, 4)) == [0, 4, 0]
    assert targets(Relief(2, key, 4, elsewhere=2)) == [6, 0, 4]
    assert targets(Relief(2, key, 4, elsewhere=7)) == [6, 4, 0]
    assert targets(Relief(99, key, 4)) == [6, 4, 0]


KEYS = st.tuples(
    st.integers(1, 3),
    st.sampled_from(["disease", "procedure"]),
    st.text("ab", min_size=1, max_size=2),
)
COUNTS = st.dictionaries(KEYS, st.integers(0, 40), max_size=8)


@st.composite
def stays_of(draw, standard):
    found, first = [], BEGIN
    for number in range(draw(st.integers(0, 3))):
        first += timedelta(days=draw(st.integers(0, 40)))
        days = draw(st.integers(1, 95))
        away = draw(st.integers(0, days))
        found.append(stay(standard * 10 + number, first, first + timedelta(days=days), away))
        first += timedelta(days=days)
    return part_of(
        found,
        months=Decimal(draw(st.integers(1, 6))) / 2,
        credited=Decimal(draw(st.integers(0, 4))) / 2,
        leave_from=draw(st.sampled_from([0, 1, 8, 30])),
    )


@st.composite
def residents(draw):
    parts = {one: draw(stays_of(one)) for one in (1, 2)}
    ids = [None, *(one.id for part in parts.values() for one in part.stays)]
    by_stay = st.fixed_dictionaries(dict.fromkeys(ids, COUNTS))
    minimums = draw(st.dictionaries(KEYS, st.integers(0, 20)))
    reliefs = draw(
        st.lists(
            st.builds(
                Relief,
                st.sampled_from([one for one in ids if one is not None] or [999]),
                st.sampled_from(sorted(minimums) or [(1, "disease", "a")]),
                st.integers(1, 9),
                st.sampled_from([None, 1, 2, 3]),
            ),
            max_size=4,
        )
    )
    return list(minimums.items()), parts, draw(by_stay), draw(by_stay), reliefs


SUMMED = ("minimum", "target", "done", "waiting", "missing", "counted", "eased", "taken_on")


def together(by_stay, parts):
    """Work of a stay in another department than the line's is not there in truth."""
    found = {}
    for stay_id, counts in by_stay.items():
        for key, number in counts.items():
            if stay_id is None or stay_id // 10 == key[0]:
                found[key] = found.get(key, 0) + number
    return found


@given(residents())
def test_stays_sum_to_departments_and_these_to_the_programme(one):
    minimums, parts, done, waiting, reliefs = one
    easing = easing_of(reliefs, minimums, parts)
    whole = department_lines(
        minimums,
        parts,
        done=together(done, parts),
        waiting=together(waiting, parts),
        easing=easing,
    )
    own = {
        which: {
            stay_id: {k: n for k, n in counts.items() if stay_id is None or stay_id // 10 == k[0]}
            for stay_id, counts in by_stay.items()
        }
        for which, by_stay in (("done", done), ("waiting", waiting))
    }
    by_stay = stay_lines(minimums, parts, **own, easing=easing)
    for standard in (1, 2):
        department = whole.of([standard])
        pieces = [each.of([standard]) for each in by_stay.values()]
        for figure in ("counted", "target", "waiting"):
            assert sum(getattr(each, figure) for each in pieces) == getattr(department, figure)
        for column in SUMMED:
            assert sum(getattr(line, column) for each in pieces for line in each.lines) == sum(
                getattr(line, column) for line in department.lines
            )
    sums = department_sums(
        minimums,
        parts,
        done=together(done, parts),
        waiting=together(waiting, parts),
        easing=easing,
    )
    for standard, found in sums.items():
        department = whole.of([standard])
        assert found == (department.counted, department.target, department.waiting)
    assert sum(one.target for one in sums.values()) == whole.target
    departments = [whole.of([standard]) for standard in (1, 2, 3)]
    assert sum(each.counted for each in departments) == whole.counted <= whole.target
    for each in [whole, *departments, *by_stay.values()]:
        assert_no_more_than_all(each)


def assert_no_more_than_all(one: Completion) -> None:
    assert 0 <= one.percent <= 100
    assert (one.percent == 100) == (one.counted == one.target)
    for line in one.lines:
        assert 0 <= line.target <= line.minimum - line.eased + line.taken_on
        assert line.counted + line.missing == line.target
        assert line.missing >= 0
        assert min(line.brought, line.waiting) >= 0


@given(st.integers(0, 500), st.lists(st.integers(0, 9000), min_size=1, max_size=5))
def test_parts_sum_to_the_whole(whole, weights):
    parts = divided(whole, weights)
    assert sum(parts) == whole
    assert all(0 <= one <= whole for one in parts)
    if sum(weights):
        for one, weight in zip(parts, weights, strict=True):
            assert abs(one - whole * weight / sum(weights)) < 1
