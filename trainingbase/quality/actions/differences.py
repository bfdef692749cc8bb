"""What is kept of some months, beside what their rows give."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.quality.indicators import Indicator
from trainingbase.quality.models import MonthlyCrowd, MonthlyFigure
from trainingbase.quality.rules.facts import Crowd, Kept, rolled

Months = tuple[date, date]
"""[first, after)."""


@dataclass(frozen=True)
class Difference:
    """Sums and crowds that are kept and should not be (`gone`), or should be and are not."""

    gone: set[Kept]
    new: set[Kept]
    gone_crowds: set[Crowd]
    new_crowds: set[Crowd]

    def __len__(self) -> int:
        return sum(map(len, (self.gone, self.new, self.gone_crowds, self.new_crowds)))

    def outside(self, months: Container[date]) -> "Difference":
        """Without these months."""
        return Difference(*(
            {one for one in some if one.month not in months}
            for some in (self.gone, self.new, self.gone_crowds, self.new_crowds)
        ))  # fmt: skip

    @property
    def first(self) -> Kept | Crowd:
        some = (self.gone, self.new, self.gone_crowds, self.new_crowds)
        return min(next(one for one in some if one))


def difference(
    indicator: Indicator, months: Months, sites: Mapping[int, int], today: date
) -> Difference:
    """For the day `today`; no more rows are held at once than the months give sums.  In a
    transaction of its own that only reads: nobody waits for it."""
    db.session.commit()
    db.session.connection(execution_options={"reading": True})
    begins, ends = months
    sums, crowds = rolled(indicator.facts(begins, ends, today), sites)
    kept = {
        Kept(*one)
        for one in db.session.execute(
            select(
                MonthlyFigure.month_on, MonthlyFigure.level, MonthlyFigure.level_id,
                MonthlyFigure.cohort_id, MonthlyFigure.part, MonthlyFigure.amount,
            ).where(
                MonthlyFigure.indicator == indicator.key,
                MonthlyFigure.month_on >= begins,
                MonthlyFigure.month_on < ends,
            )
        )
    }  # fmt: skip
    people = {
        Crowd(*one)
        for one in db.session.execute(
            select(
                MonthlyCrowd.month_on, MonthlyCrowd.level, MonthlyCrowd.level_id,
                MonthlyCrowd.people,
            ).where(
                MonthlyCrowd.indicator == indicator.key,
                MonthlyCrowd.month_on >= begins,
                MonthlyCrowd.month_on < ends,
            )
        )
    }  # fmt: skip
    db.session.commit()
    return Difference(
        kept - set(sums), set(sums) - kept, people - set(crowds), set(crowds) - people
    )
