"""Teaching activities that were due and held."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from trainingbase.months import first_of_month
from trainingbase.quality.indicators.indicator import DEPARTMENT, SITE, Indicator
from trainingbase.quality.rules.facts import Fact
from trainingbase.training.queries import kept


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """In the month in which a period ends."""
    for one in kept(starts_on, ends_on, today=today).rows:
        if one.state in ("kept", "missed"):
            month = first_of_month(one.period[1] - timedelta(days=1))
            yield Fact(month, one.department_id, None, None, one.state, Decimal(1))


INDICATOR = Indicator(
    key="roster-kept",
    group="training",
    name=_l("Activity roster kept"),
    definition=_l(
        "Periods (week, month, quarter) in which a department held every activity of a kind that "
        "was due while residents were there."
    ),
    numerator=_l("periods in which all was held"),
    denominator=_l("periods that are over and in which something was due"),
    facts=facts,
    parts={"kept": _l("All held"), "missed": _l("Not all held")},
    kinds={"kept": "good", "missed": "bad"},
    top=("kept",),
    bottom=("kept", "missed"),
    splits=(SITE, DEPARTMENT),
    target="roster_kept_target",
    cases=True,
    personal=False,
)
