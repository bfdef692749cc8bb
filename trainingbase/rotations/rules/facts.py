"""What a plan is judged and solved by, as plain values: ids, days and numbers, no names.

Lengths are in half months throughout.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from trainingbase.planner.given import Sheet
from trainingbase.rotations.rules.rows import Row
from trainingbase.sites.rules.places import Opening

PER_MONTH = 2


@dataclass(frozen=True)
class Ward:
    """A department; `closed` are spans, `opens_on` and `shuts_on` bound its agreement; ends of
    both are exclusive.  `changes` are other places from a first of a month on (most, fewest), in
    order of time; `more` are further places for a time."""

    id: int
    institution: int
    standards: tuple[int, ...]
    most: int
    fewest: int
    is_primary_care: bool
    closed: tuple[tuple[date, date], ...] = ()
    opens_on: date | None = None
    shuts_on: date | None = None
    changes: tuple[tuple[date, int, int], ...] = ()
    more: tuple[tuple[date, date, int], ...] = ()

    @property
    def opening(self) -> Opening:
        """What the rule about places reads."""
        return Opening(
            self.most, self.fewest, self.changes, self.closed, self.opens_on, self.shuts_on
        )


@dataclass(frozen=True)
class Curriculum:
    """A programme's rows and order rules; standard departments are ids as text.  Of those in
    `at_primary` some departments of primary-care institutions may take residents."""

    code: str
    sheet: Sheet
    at_primary: frozenset[int]


@dataclass(frozen=True)
class Trainee:
    """`credits` are months by standard department that need not be done again, less those that must
    be; those trained here reach up to `credits_until`.  `away` are the first days of months on
    leave; `longer` are half months of training beyond what is owed."""

    id: int
    programme: int
    starts_on: date | None
    ends_on: date | None
    credits: tuple[tuple[int, float], ...] = ()
    credits_until: date | None = None
    away: frozenset[date] = frozenset()
    has_left: bool = False
    longer: int = 0

    def owing(self, standard: int, months: float) -> "Trainee":
        """Who does these months of the standard department again."""
        credits = dict(self.credits)
        credits[standard] = credits.get(standard, 0.0) - months
        return replace(self, credits=tuple(sorted(credits.items())))


@dataclass(frozen=True)
class Wished:
    """What a resident wishes: `starts` are (standard department, first day, exclusive last day)
    in which it should begin, each worth `weight`; `sites` are institutions in order, each
    costing `site_weight` more than the one before."""

    starts: tuple[tuple[int, date, date], ...] = ()
    weight: float = 1.0
    sites: tuple[int, ...] = ()
    site_weight: float = 1.0


@dataclass(frozen=True)
class Facts:
    """`planned` are the residents to be planned anew; `before` are the rows that stand so far
    (of the plan this one is based on, else of the placements in force), past ones included.

    What had begun by `today`, the day the plan was asked for, stays as it is; what begins before
    `held_until` too, for those who can keep it.  `wishes` are by resident.  `wider` are times that
    are only supposed: of a programme a requirement, by how much earlier and later.
    """

    starts_on: date
    ends_on: date
    today: date
    wards: tuple[Ward, ...]
    curricula: dict[int, Curriculum]
    trainees: dict[int, Trainee]
    planned: frozenset[int]
    before: tuple[Row, ...]
    wishes: Mapping[int, Wished] = field(default_factory=dict)
    held_until: date | None = None
    wider: tuple[tuple[int, str, int, int], ...] = ()
