"""The states of a resident and which change of course leads from one to another.  Pure."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

TRAINING, SUSPENDED, FINISHED, WITHDRAWN, TRANSFERRED = (
    "training",
    "suspended",
    "finished",
    "withdrawn",
    "transferred",
)
STATES = (TRAINING, SUSPENDED, FINISHED, WITHDRAWN, TRANSFERRED)

TRANSITIONS: dict[str, dict[str, str]] = {
    "transfer_in": {TRAINING: TRAINING},
    "change_programme": {TRAINING: TRAINING},
    "extension": {TRAINING: TRAINING, SUSPENDED: SUSPENDED},
    "suspension": {TRAINING: SUSPENDED},
    "return": {SUSPENDED: TRAINING},
    "withdrawal": {TRAINING: WITHDRAWN, SUSPENDED: WITHDRAWN},
    "transfer_out": {TRAINING: TRANSFERRED, SUSPENDED: TRANSFERRED},
    "graduation": {TRAINING: FINISHED},
    "certificate": {FINISHED: FINISHED},
}
"""For each kind: the states it may begin in, and the one it leads to."""

KINDS = tuple(TRANSITIONS)
LEAVING = ("withdrawal", "transfer_out", "graduation")
"""Kinds after which a resident is no longer in training."""
BY_FORM = tuple(kind for kind in KINDS if kind != "certificate")
"""Kinds that are decided one by one; certificate numbers are entered in a table."""
IN_ORDER = ("transfer_in", "change_programme", "suspension", "return", *LEAVING)
"""Kinds whose days may not lie before those of an earlier one."""


class Impossible(Exception):
    """`because` names why, `day` the day it is about, where there is one."""

    def __init__(self, because: str, day: date | None = None):
        super().__init__(because)
        self.because, self.day = because, day


@dataclass(frozen=True)
class Enrolled:
    """What the records say of a resident; ends are exclusive."""

    starts_on: date | None
    ends_on: date | None
    finished_on: date | None = None
    withdrawn_on: date | None = None
    is_suspended: bool = False
    is_elsewhere: bool = False
    certificate_number: str | None = None

    @property
    def state(self) -> str:
        if self.finished_on is not None:
            return FINISHED
        if self.withdrawn_on is not None:
            return TRANSFERRED if self.is_elsewhere else WITHDRAWN
        return SUSPENDED if self.is_suspended else TRAINING


@dataclass(frozen=True)
class Step:
    """A change of course as far as the rules know it; `undoes` is the number of the step that a
    counter-entry takes back."""

    id: int
    kind: str
    starts_on: date
    ends_on: date | None = None
    undoes: int | None = None
    after: dict[str, Any] | None = None


def standing(steps: Iterable[Step]) -> list[Step]:
    """The steps that no counter-entry has taken back, oldest first."""
    steps = sorted(steps, key=lambda one: one.id)
    gone = {one.undoes for one in steps if one.undoes is not None}
    return [one for one in steps if one.undoes is None and one.id not in gone]


def state_after(steps: Iterable[Step], first: str = TRAINING) -> str:
    """The state that the steps lead to, one after the other.  Raises `Impossible`."""
    state = first
    for one in standing(steps):
        if state not in TRANSITIONS[one.kind]:
            raise Impossible("state")
        state = TRANSITIONS[one.kind][state]
    return state


def allowed(state: str) -> tuple[str, ...]:
    """The kinds that may begin in this state."""
    return tuple(kind for kind, ways in TRANSITIONS.items() if state in ways)


def check(
    kind: str,
    starts_on: date,
    ends_on: date | None,
    *,
    now: Enrolled,
    before: Sequence[Step],
) -> None:
    """Raise `Impossible` unless this may be done to a resident who stands so.

    `because`: state, before_enrolment, after_enrolment, before_another, ends_first, not_longer,
    has_number.
    """
    if now.state not in TRANSITIONS[kind]:
        raise Impossible("state")
    if kind == "certificate":
        if now.certificate_number:
            raise Impossible("has_number")
        return
    if kind == "extension":
        if now.ends_on is None or ends_on is None or ends_on <= now.ends_on:
            raise Impossible("not_longer", now.ends_on)
        return
    _within_enrolment(kind, starts_on, now)
    if ends_on is not None and ends_on <= starts_on:
        raise Impossible("ends_first", starts_on)
    _in_order(kind, starts_on, before)


def _within_enrolment(kind: str, starts_on: date, now: Enrolled) -> None:
    """Training has begun, and is not over.  Who leaves does so on the last day at the latest; a
    suspended resident may come back later than that, and is extended then."""
    if now.starts_on is not None and starts_on < now.starts_on:
        raise Impossible("before_enrolment", now.starts_on)
    if now.ends_on is None or kind in ("return", "graduation"):
        return
    late = starts_on > now.ends_on if kind in LEAVING else starts_on >= now.ends_on
    if late:
        raise Impossible("after_enrolment", now.ends_on)


def _in_order(kind: str, starts_on: date, before: Sequence[Step]) -> None:
    """Not before an earlier step; a return lies after the first day of the suspension."""
    for one in standing(before):
        if one.kind not in IN_ORDER:
            continue
        if starts_on < one.starts_on or (kind == "return" and starts_on == one.starts_on):
            raise Impossible("before_another", one.starts_on)


def later(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
