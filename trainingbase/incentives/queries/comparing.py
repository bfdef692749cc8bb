"""A run beside the month before it, and what stands out in it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.incentives.models import Budget, FundingSource, Line, Run
from trainingbase.incentives.queries import funding
from trainingbase.incentives.queries.runs import PAID_NAME, current_run, with_payees
from trainingbase.months import months_later

ZERO = Decimal(0)


@dataclass(frozen=True)
class Step:
    """One thing paid for, in the month before and now; `line` is the newer of both."""

    line: Line
    before: Decimal
    now: Decimal


@dataclass(frozen=True)
class Shift:
    """What changed for one payee."""

    payee: str
    before: Decimal
    now: Decimal
    steps: Sequence[Step]

    @property
    def gain(self) -> Decimal:
        return self.now - self.before


def shifts(run: Run) -> tuple[Run | None, list[Shift]]:
    """The current run of the month before, and each payee whose amount is another one, the
    largest change first; explained by what they are paid for.  Three statements."""
    before = current_run(months_later(run.month_on, -1))
    amounts: dict[str, dict[tuple, list]] = defaultdict(dict)
    names: dict[str, str] = {}
    for position, one in enumerate((before, run)):
        for line, name in _lines(one) if one is not None else ():
            who = _who(line)
            names[who] = name or "—"
            kept = amounts[who].setdefault((line.rule, line.key), [ZERO, ZERO, line])
            kept[position] += line.amount
            kept[2] = line
    found = [
        Shift(
            names[who],
            sum((was for was, _now, _line in rows.values()), ZERO),
            sum((now for _was, now, _line in rows.values()), ZERO),
            [Step(line, was, now) for was, now, line in rows.values() if was != now],
        )
        for who, rows in amounts.items()
    ]
    changed = [one for one in found if one.steps]
    return before, sorted(changed, key=lambda one: (-abs(one.gain), one.payee))


def _lines(run: Run):
    return db.session.execute(
        with_payees(select(Line, PAID_NAME)).where(Line.run_id == run.id).order_by(Line.id)
    )


def _who(line: Line) -> str:
    if line.payee_id is not None:
        return f"person:{line.payee_id}"
    if line.department_id is not None:
        return f"department:{line.department_id}"
    return f"site:{line.institution_id}"


def exceeded(run: Run) -> list[tuple[FundingSource, Decimal, Decimal]]:
    """Sources whose budget of the year does not cover what is spent and computed: the budget, and
    what it comes to."""
    burns = funding.burn_down(run.month_on.year)
    return [
        (burn.source, burn.budget, burn.spent + burn.waiting)
        for burn in burns
        if burn.source is not None
        and burn.budget is not None
        and burn.spent + burn.waiting > burn.budget
    ]


def unbudgeted(run: Run) -> list[FundingSource]:
    """Sources that the run takes from in a year for which they have no budget."""
    budgeted = select(Budget.source_id).where(Budget.year == run.month_on.year)
    return list(
        db.session.scalars(
            select(FundingSource)
            .join(Line, Line.source_id == FundingSource.id)
            .where(Line.run_id == run.id, FundingSource.id.not_in(budgeted))
            .distinct()
        )
    )


def sums_by(run: Run, column) -> dict:
    rows = db.session.execute(
        select(column, func.sum(Line.amount)).where(Line.run_id == run.id).group_by(column)
    )
    return dict(rows.all())
