"""Which months a round asks about."""

from datetime import date

from trainingbase.months import first_of_month, months_later

PARTS_OF_A_YEAR = (1, 2, 3, 4, 6, 12)


def whole_months(today: date, months: int) -> tuple[date, date]:
    """The last whole part of the year before `today`, as [first, end): of so many months, or of
    the next fewer that a year divides into."""
    part = max(one for one in PARTS_OF_A_YEAR if one <= max(1, months))
    this_month = first_of_month(today)
    ends_on = months_later(this_month, -((this_month.month - 1) % part))
    return months_later(ends_on, -part), ends_on
