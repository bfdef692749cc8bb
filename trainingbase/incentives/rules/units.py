"""Which units may be added, compared, multiplied and divided.

Days are not hours: a rule that compares them is refused when it is saved, not found out when
somebody is paid wrongly.  A plain number typed into a rule takes the unit of what it meets.
"""

TEXT, TEXTS, FLAG, NUMBER, LITERAL = "text", "texts", "flag", "number", "literal"
MEASURES = frozenset({"yuan", "points", "days", "hours", "months", "people", "times"})
NUMERIC = MEASURES | {NUMBER, LITERAL}


class Mismatch(Exception):
    """These two units do not go together."""


def same(left: str, right: str) -> str:
    """The unit of a sum, or of what may be compared."""
    if left == right:
        return left
    if LITERAL in (left, right) and {left, right} <= NUMERIC:
        return left if right == LITERAL else right
    raise Mismatch(left, right)


def product(left: str, right: str) -> str:
    """One of them is a plain number."""
    if not {left, right} <= NUMERIC:
        raise Mismatch(left, right)
    for mine, other in ((left, right), (right, left)):
        if mine == LITERAL or (mine == NUMBER and other != LITERAL):
            return other
    raise Mismatch(left, right)


def quotient(left: str, right: str) -> str:
    """By a plain number, or by the same unit, which leaves a plain number."""
    if not {left, right} <= NUMERIC:
        raise Mismatch(left, right)
    if right == LITERAL:
        return left
    if left == right:
        return NUMBER
    if right == NUMBER:
        return NUMBER if left == LITERAL else left
    raise Mismatch(left, right)


def fits(unit: str, wanted: str) -> bool:
    """Whether an expression of this unit may stand where `wanted` is asked for."""
    if wanted == "amount":
        return unit in MEASURES or unit in (NUMBER, LITERAL)
    return unit == wanted or (unit == LITERAL and wanted == NUMBER)
