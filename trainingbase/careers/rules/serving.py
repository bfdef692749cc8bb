"""How much of an obligation is served, in days.

A day of service is one calendar day, a leap day like any other; what is owed is the days from the
beginning to the same day so many years later.  Whoever serves without a gap is done on that day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

PART_TIME = ("share", "full", "none")
"""Part time counts by its share, like full time, or not at all."""
DAYS_A_MONTH = Decimal("30.4375")


def years_later(day: date, years: Decimal) -> date:
    """The same day so many years later, the last of its month where there is none; what is less
    than a month counts in days."""
    months, rest = divmod(years * 12, 1)
    year, month = divmod(day.year * 12 + day.month - 1 + int(months), 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    days = int((rest * DAYS_A_MONTH).quantize(Decimal(1), ROUND_HALF_UP))
    return date(year, month + 1, min(day.day, last)) + timedelta(days=days)


@dataclass(frozen=True)
class Terms:
    """What is owed, from when, and which stretches count for it; without a rule none does."""

    years: Decimal
    begins_on: date
    levels: frozenset[str] = frozenset()
    institution_ids: frozenset[int] = frozenset()
    outside_counts: bool = False
    training_counts: bool = False
    part_time: str = "share"

    @property
    def owed_days(self) -> int:
        return (years_later(self.begins_on, self.years) - self.begins_on).days


@dataclass(frozen=True)
class Stretch:
    """Training (without `key`), or one record of employment; `ends_on` is exclusive."""

    starts_on: date
    ends_on: date | None
    key: int | None = None
    level: str | None = None
    institution_id: int | None = None
    share: Decimal = Decimal(1)

    @property
    def is_training(self) -> bool:
        return self.key is None


@dataclass(frozen=True)
class Counted:
    """What a stretch adds: its days from and to, and `why` they count or do not: counts, training,
    training_not, other_place, part_time, before, later."""

    stretch: Stretch
    starts_on: date
    ends_on: date
    days: Decimal
    why: str


@dataclass(frozen=True)
class Balance:
    owed_days: int
    served_days: Decimal
    rows: tuple[Counted, ...]

    @property
    def left_days(self) -> Decimal:
        return self.owed_days - self.served_days

    @property
    def share(self) -> Decimal:
        """0 to 1."""
        return self.served_days / self.owed_days

    @property
    def percent(self) -> Decimal:
        """Rounded down: 100 only once all is served."""
        return (self.share * 1000 // 1) / 10

    @property
    def is_served(self) -> bool:
        return self.served_days >= self.owed_days


def balance(terms: Terms, stretches: Iterable[Stretch], until: date) -> Balance:
    """What is served of `terms` before `until`.  Days that two stretches cover count once, of the
    earlier; more than is owed is not served."""
    rows = tuple(_rows(terms, sorted(stretches, key=_order), until))
    served = min(sum((one.days for one in rows), Decimal(0)), Decimal(terms.owed_days))
    return Balance(terms.owed_days, served, rows)


def _order(one: Stretch) -> tuple[date, bool]:
    return one.starts_on, not one.is_training


def _rows(terms: Terms, stretches: Sequence[Stretch], until: date) -> Iterable[Counted]:
    reached = terms.begins_on
    for one in stretches:
        end = min(one.ends_on or until, until)
        starts = max(one.starts_on, reached)
        if starts >= end:
            why = "later" if one.starts_on >= until else "before"
            yield Counted(one, one.starts_on, max(one.starts_on, end), Decimal(0), why)
            continue
        why = _why(terms, one)
        share = _share(terms, one) if why in ("counts", "training") else Decimal(0)
        yield Counted(one, starts, end, share * (end - starts).days, why)
        reached = max(reached, end)


def _why(terms: Terms, one: Stretch) -> str:
    if one.is_training:
        return "training" if terms.training_counts else "training_not"
    here = one.institution_id is not None and (
        one.institution_id in terms.institution_ids or one.level in terms.levels
    )
    if not here and not (one.institution_id is None and terms.outside_counts):
        return "other_place"
    if one.share < 1 and terms.part_time == "none":
        return "part_time"
    return "counts"


def _share(terms: Terms, one: Stretch) -> Decimal:
    return Decimal(1) if terms.part_time == "full" else min(one.share, Decimal(1))


def standing(
    found: Balance,
    *,
    free_on: date | None,
    today: date,
    begin_days: int,
    gap_days: int,
) -> tuple[str, date | None]:
    """training, fulfilled, serving, waiting (service has not begun, in time) or late, and since
    when; `free_on` is the first day out of training."""
    if found.is_served:
        return "fulfilled", None
    if free_on is None or free_on > today:
        return "training", None
    counted = [one for one in found.rows if one.why == "counts" and one.days]
    if any(one.ends_on >= today and one.starts_on <= today for one in counted):
        return "serving", None
    last = max((one.ends_on for one in counted), default=None)
    since = last if last is not None and last > free_on else free_on
    limit = since + timedelta(days=gap_days if since is not free_on else begin_days)
    return ("late", limit) if today > limit else ("waiting", limit)


def ends_on(found: Balance, today: date) -> date:
    """When it will be served if it goes on without a gap, full time, from today."""
    left = found.left_days.to_integral_value(rounding="ROUND_CEILING")
    return today + timedelta(days=int(left))
