"""Numbers that a base may raise, but not lower as far as it likes."""

from decimal import Decimal

FLOORS = {"small_cell_people": Decimal(5)}
"""Below it, figures shown to those who see no names tell who is meant: with one or two in a group
the mean is a result, with three or four whoever knows the others can reckon the last one out."""


def at_least(key: str, number: Decimal) -> Decimal:
    floor = FLOORS.get(key)
    return number if floor is None else max(number, floor)
