"""What the operators and functions of a rule do, and in which unit they answer."""

import ast
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from trainingbase.incentives.rules import units
from trainingbase.incentives.rules.units import FLAG


class Wrong(Exception):
    """What is wrong with an expression: `kind` names the sentence that `facts` fill."""

    def __init__(self, kind: str, **facts: str):
        super().__init__(kind, facts)
        self.kind, self.facts = kind, facts


def _divided(left: Decimal, right: Decimal) -> Decimal:
    try:
        return left / right
    except (ZeroDivisionError, InvalidOperation):
        raise Wrong("zero", part="") from None


ARITHMETIC: dict[type, tuple[Callable, Callable]] = {
    ast.Add: (units.same, lambda a, b: a + b),
    ast.Sub: (units.same, lambda a, b: a - b),
    ast.Mult: (units.product, lambda a, b: a * b),
    ast.Div: (units.quotient, _divided),
}
COMPARED: dict[type, Callable] = {
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
FUNCTIONS: dict[str, tuple[str | None, Callable]] = {
    "min": (None, min),
    "max": (None, max),
    "floor": (None, lambda a: Decimal(int(a // 1))),
    "contains": (FLAG, lambda text, part: part in text),
    "starts": (FLAG, lambda text, part: text.startswith(part)),
}
"""The unit of each (None: that of what it is given) and what it does."""
