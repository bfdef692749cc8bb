"""The gate: what is asked of a placement, what is done, and what follows from it.

A line holds when what is done reaches `least`; for items of `AT_MOST` when it is not above it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

PERCENT, MARK, TIMES, DAYS, A_MONTH, DAYS_A_MONTH = (
    "percent", "mark", "times", "days", "a_month", "days_a_month",
)  # fmt: skip

ITEMS: dict[str, str] = {
    "attendance": PERCENT,
    "leave_days": DAYS_A_MONTH,
    "absence": DAYS,
    "log": PERCENT,
    "diseases": PERCENT,
    "cases": PERCENT,
    "procedures": PERCENT,
    "activities": A_MONTH,
    "mini_cex": TIMES,
    "dops": TIMES,
    "department_360": TIMES,
    "exit_form": TIMES,
    "appraisal": TIMES,
    "c_records": TIMES,
    "theory": MARK,
    "skill": MARK,
    "score": MARK,
}
"""Every item a gate may ask, in the order shown, with its unit."""

AT_MOST = {"leave_days", "absence", "c_records"}
MOST = {PERCENT: Decimal(100), MARK: Decimal(100)}
"""The largest `least` that makes sense, by unit."""

OK, SHORT, MISSING = "ok", "short", "missing"
VETO, NEEDED, ADVICE = "veto", "needed", "advice"
PASSED, FAILED = "passed", "failed"

TENTH = Decimal("0.1")


class Measured(NamedTuple):
    """What the portal knows of one item: None where there is nothing to go by yet.  `counted` of
    `target` are the rows behind a percentage; `broken` says that it is there and not good."""

    done: Decimal | None
    counted: Decimal | None = None
    target: Decimal | None = None
    broken: bool = False


NOTHING = Measured(None)


class Line(NamedTuple):
    """One thing asked of one placement; `state` is ok, short (there, and not enough) or
    missing (nothing there yet)."""

    item: str
    unit: str
    effect: str
    least: Decimal
    done: Decimal | None
    counted: Decimal | None
    target: Decimal | None
    state: str

    @property
    def at_most(self) -> bool:
        return self.item in AT_MOST

    @property
    def vetoes(self) -> bool:
        return self.effect == VETO and self.state == SHORT


@dataclass(frozen=True)
class Score:
    """The exit score: each part in points, None while it is not known."""

    daily: Decimal | None
    theory: Decimal | None
    skill: Decimal | None
    most_daily: Decimal
    most_theory: Decimal
    most_skill: Decimal

    @property
    def total(self) -> Decimal | None:
        """Of 100, whatever the points of the parts add up to."""
        parts = (
            (self.daily, self.most_daily),
            (self.theory, self.most_theory),
            (self.skill, self.most_skill),
        )
        asked = [(got, most) for got, most in parts if most > 0]
        if not asked or any(got is None for got, _most in asked):
            return None
        most = sum((most for _got, most in asked), Decimal(0))
        got = sum((got for got, _most in asked if got is not None), Decimal(0))
        return tenth(got * 100 / most)


def score_of(
    gate: Any, *, daily: Decimal | None, theory: Decimal | None, skill: Decimal | None
) -> Score:
    """From a share of 1 for the daily part, and marks of 100 for the two exams."""
    return Score(
        daily=None if daily is None else tenth(daily * gate.daily),
        theory=None if theory is None else tenth(theory * gate.theory / 100),
        skill=None if skill is None else tenth(skill * gate.skill / 100),
        most_daily=gate.daily,
        most_theory=gate.theory,
        most_skill=gate.skill,
    )


def tenth(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)


def judged(asked: Iterable[Any], measured: Mapping[str, Measured]) -> tuple[Line, ...]:
    """A line for each item of a gate (rows with item, effect and least), in the usual order."""
    order = list(ITEMS)
    rows = sorted(asked, key=lambda one: order.index(one.item))
    return tuple(_line(one, measured.get(one.item, NOTHING)) for one in rows)


def _line(asked: Any, found: Measured) -> Line:
    return Line(
        item=asked.item,
        unit=ITEMS[asked.item],
        effect=asked.effect,
        least=asked.least,
        done=found.done,
        counted=found.counted,
        target=found.target,
        state=_state(asked, found),
    )


def _state(asked: Any, found: Measured) -> str:
    if found.done is None:
        return MISSING
    if found.broken:
        return SHORT
    if asked.item in AT_MOST:
        return OK if found.done <= asked.least else SHORT
    if found.done >= asked.least:
        return OK
    return MISSING if found.done == 0 and ITEMS[asked.item] == TIMES else SHORT


def missing(lines: Iterable[Line]) -> tuple[str, ...]:
    """What must be there before the group reviews, and is not: nobody passes without a veto's
    figure either, so that it is asked for first."""
    return tuple(one.item for one in lines if one.effect != ADVICE and one.state == MISSING)


def unentered(lines: Iterable[Line]) -> tuple[str, ...]:
    """What nobody passes without, and nothing is known of."""
    return tuple(one.item for one in lines if one.effect == VETO and one.state == MISSING)


def vetoes(lines: Iterable[Line]) -> tuple[str, ...]:
    """What nobody passes without, and is there and not reached."""
    return tuple(one.item for one in lines if one.vetoes)


def proposed(lines: Iterable[Line]) -> str:
    """passed or failed: what is vetoed or needed must be there and be enough; advice only
    advises."""
    counting = (one for one in lines if one.effect != ADVICE)
    return PASSED if all(one.state == OK for one in counting) else FAILED
