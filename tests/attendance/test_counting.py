"""Days are counted one way, whatever the splits."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from trainingbase.attendance.rules.counting import Choice, Days, Tally, choice_on
from trainingbase.attendance.rules.lines import Line, without
from trainingbase.attendance.rules.states import MARKS
from trainingbase.holidays import differing
from trainingbase.sites.rules.calendar import Calendar, each_day

BEGIN, LENGTH = date(2026, 8, 20), 60
END = BEGIN + timedelta(days=LENGTH)
DAYS = st.integers(0, LENGTH - 1).map(lambda number: BEGIN + timedelta(days=number))
COUNTING = st.sampled_from(["working", "calendar", "nights"])
MODE = st.sampled_from(["default", "code"])


@st.composite
def lines(draw):
    cut = draw(DAYS).replace(day=1)
    choices = [Choice(date(2000, 1, 1), draw(MODE), draw(COUNTING))]
    if cut > BEGIN:
        choices.append(Choice(cut, draw(MODE), draw(COUNTING)))
    return Line(
        BEGIN,
        END,
        calendar=Calendar(differing()),
        choices=choices,
        confirmed=draw(st.frozensets(DAYS, max_size=20)),
        closed=draw(st.frozensets(st.sampled_from([date(2026, 8, 1), date(2026, 9, 1)]))),
    )


STATE = st.sampled_from([*MARKS, "maternity", "annual"])
DIFFERING = st.dictionaries(DAYS, st.tuples(STATE, STATE), max_size=15)


def one_by_one(line: Line, starts_on: date, ends_on: date, states) -> Days:
    """The same without sums made beforehand."""
    tally = Tally()
    for day in each_day(starts_on, ends_on):
        facts = line.on(day)
        halves = states.get(day, facts.states())
        tally.counted_by[facts.choice.counting] = None
        tally.add(facts.choice.counting, facts.is_working, halves)
    return tally.days()


@given(line=lines(), states=DIFFERING, cuts=st.lists(DAYS, max_size=5))
def test_the_sum_of_the_parts_is_the_whole(line, states, cuts):
    whole = line.days([(BEGIN, END)], states)
    edges = sorted({BEGIN, END, *cuts})
    parts = [line.days([span], states) for span in itertools.pairwise(edges)]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    assert total == whole == one_by_one(line, BEGIN, END, states)
    assert whole.expected == whole.present + whole.leave + whole.absent + whole.unknown
    assert sum(whole.kinds.values(), Decimal(0)) == whole.expected
    for figure in (whole.expected, whole.present, whole.leave, whole.absent, whole.unknown):
        assert isinstance(figure, Decimal) and figure >= 0 and (figure * 2) % 1 == 0


@given(line=lines(), states=DIFFERING, out=st.tuples(DAYS, st.integers(1, 20)))
def test_days_out_of_training_are_no_days(line, states, out):
    first, end = out[0], min(END, out[0] + timedelta(days=out[1]))
    rest = without((BEGIN, END), [(first, end)])
    total = line.days(rest, states) + line.days([(first, end)], states)
    assert total.expected == line.days([(BEGIN, END)], states).expected


def line_of(counting: str, mode: str = "default") -> Line:
    """National Day 2026 and around it, all confirmed."""
    return Line(
        date(2026, 9, 28),
        date(2026, 10, 12),
        calendar=Calendar(differing()),
        choices=[Choice(date(2000, 1, 1), mode, counting)],
        closed={date(2026, 9, 1), date(2026, 10, 1)},
    )


def counted(counting: str, states) -> Days:
    line = line_of(counting)
    return line.days([(date(2026, 9, 28), date(2026, 10, 12))], states)


def test_each_rule_by_example():
    """28-30 September worked, 1-7 October off, 8-10 worked (Saturday the 10th too), 11th off."""
    states = {
        date(2026, 10, 3): ("night", "night"),
        date(2026, 10, 8): ("rest", "rest"),
        date(2026, 10, 9): ("present", "absence"),
        date(2026, 10, 10): ("sick", "sick"),
        date(2026, 10, 11): ("sick", "sick"),
    }
    working = counted("working", states)
    assert (working.expected, working.present) == (6, Decimal("4.5"))
    assert (working.leave, working.unexcused, working.of("sick")) == (1, Decimal("0.5"), 1)
    assert working.nights == 1, "it is known, though it counts as no day"
    whole = counted("calendar", states)
    assert (whole.expected, whole.leave, whole.of("free")) == (14, 2, 6)
    nights = counted("nights", states)
    assert (nights.expected, nights.present, nights.of("rest")) == (6, Decimal("4.5"), 0)
    assert nights.of("night") == 1 and nights.counted_by == ("nights",)


def test_without_a_sign_in_nothing_is_presumed():
    line = line_of("working", "code")
    assert line.days([(date(2026, 10, 8), date(2026, 10, 11))], {}).unknown == 3
    choices = [
        Choice(date(2000, 1, 1), "default", "working"),
        Choice(date(2026, 9, 1), "code", "x"),
    ]
    assert choice_on(choices, date(2026, 8, 31)).mode == "default"
    assert choice_on(choices, date(2026, 9, 1)).mode == "code"
