"""What a base gives to build a problem from: programme rows and their rules, wards, people."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from trainingbase.planner.problem import Wish


@dataclass(frozen=True)
class Row:
    """One line of a programme. Electives have a `group`; of it `group_months` are taken."""

    standard: str
    months: float
    group: str | None = None
    group_months: float | None = None
    may_split: bool = False
    min_stretch: float | None = None


@dataclass(frozen=True)
class First:
    """The first `months` of `standard` lie within the first `within` months of the training."""

    standard: str
    months: float
    within: float


@dataclass(frozen=True)
class Last:
    """`standard` lies within the last `months` of the person's own training.

    `not_before` is the stricter reading, months after entry; it is left aside for a person whom
    it would leave too little time (credits shorten the training).
    """

    standard: str
    months: float
    not_before: float | None = None


@dataclass(frozen=True)
class After:
    """`standard` begins only when all of `after` that the programme asks for are finished."""

    standard: str
    after: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A programme: its rows and its order rules."""

    rows: tuple[Row, ...]
    rules: tuple[First | Last | After, ...] = ()


@dataclass(frozen=True)
class Ward:
    """A department: `most` and `least` residents at once, closed months as first days.

    `opens_on` and `shuts_on` (exclusive) bound the institution's agreement; None is without end.
    """

    id: str
    institution: str
    standards: tuple[str, ...]
    most: int
    least: int = 0
    closed: frozenset[dt.date] = frozenset()
    opens_on: dt.date | None = None
    shuts_on: dt.date | None = None
    primary_care: bool = False


@dataclass(frozen=True)
class Begun:
    """A stay that goes on over the start of the problem, with the months left of it."""

    standard: str
    department: str
    months: float


@dataclass(frozen=True)
class Decided:
    """A placement the office has fixed: `starts_on` and `months` as the placement says."""

    requirement: str
    department: str
    starts_on: dt.date
    months: float


@dataclass(frozen=True)
class Trainee:
    """`done` are months per standard department before the start, credits included.

    `away` are first days of the months on leave. Without `begun` a stay that may not be split and
    is half done is planned as if its rest could stand anywhere.
    """

    id: str
    programme: str
    entered_on: dt.date
    done: Mapping[str, float] = field(default_factory=dict)
    away: frozenset[dt.date] = frozenset()
    begun: tuple[Begun, ...] = ()
    fixed: tuple[Decided, ...] = ()
    institutions: frozenset[str] | None = None
    wishes: tuple[Wish, ...] = ()
    rank: Mapping[str, float] = field(default_factory=dict)
