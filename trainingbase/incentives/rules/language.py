"""A small language over named facts: parsed, checked for units, and made into functions.

Nothing is ever given to Python to run: the text is parsed, each of its parts must be one of those
below, and each becomes a small function over decimals.  See `grammar` for what is understood.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from trainingbase.incentives.rules import units
from trainingbase.incentives.rules.operations import ARITHMETIC, COMPARED, FUNCTIONS, Wrong
from trainingbase.incentives.rules.units import FLAG, LITERAL, NUMBER, TEXT, TEXTS
from trainingbase.incentives.rules.vocabulary import RATE, Name

LONGEST = 500
DEEPEST = 30
LARGEST = Decimal(10) ** 9
FULL_WIDTH = str.maketrans("（），＜＞＋－＊／：“”", '(),<>+-*/:""')

Values = Mapping[str, Any]
Function = Callable[[Values, Values], Any]


@dataclass(frozen=True)
class Expression:
    """`evaluate` takes the facts of a record and what the rate says."""

    text: str
    unit: str
    names: frozenset[str]
    evaluate: Function


def compiled(text: str, names: Mapping[str, Name], *, wanted: str) -> Expression:
    """`wanted`: flag, number, or "amount" for anything one can count.  Raises `Wrong`."""
    tree = _tree(text)
    maker = _Maker(names, text)
    unit, function = maker.make(tree)
    if not units.fits(unit, wanted):
        raise Wrong("wanted", wanted=wanted, unit=unit)
    return Expression(text, unit, frozenset(maker.used), function)


def _tree(text: str) -> ast.expr:
    if len(text) > LONGEST:
        raise Wrong("too-long", most=str(LONGEST))
    try:
        tree = ast.parse(text.translate(FULL_WIDTH).strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise Wrong("syntax", text=text) from None
    level: list[ast.AST] = [tree]
    for _depth in range(DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return tree
    raise Wrong("too-deep")


class _Maker:
    """Makes one expression; remembers the names it uses and what is known not to be zero."""

    def __init__(self, names: Mapping[str, Name], text: str):
        self.names, self.text = names, text
        self.used: set[str] = set()
        self.above_zero: list[str] = []

    def make(self, node: ast.expr) -> tuple[str, Function]:
        maker = getattr(self, f"_{type(node).__name__.lower()}", None)
        if maker is None:
            raise Wrong("not-understood", part=ast.unparse(node))
        return maker(node)

    def _constant(self, node: ast.Constant) -> tuple[str, Function]:
        value = node.value
        if isinstance(value, bool):
            return FLAG, lambda _row, _rate: value
        if isinstance(value, str):
            return TEXT, lambda _row, _rate: value
        if isinstance(value, int | float):
            number = Decimal(str(value))
            if not number.is_finite() or abs(number) > LARGEST:
                raise Wrong("too-large", part=ast.unparse(node))
            return LITERAL, lambda _row, _rate: number
        raise Wrong("not-understood", part=ast.unparse(node))

    def _name(self, node: ast.Name) -> tuple[str, Function]:
        name = self.names.get(node.id)
        if name is None:
            near = get_close_matches(node.id, self.names, 1, 0.5)
            raise Wrong("unknown-name", name=node.id, near=near[0] if near else "")
        self.used.add(name.name)
        key = name.name
        if name.scope == RATE:
            return name.unit, lambda _row, rate: rate[key]
        return name.unit, lambda row, _rate: row[key]

    def _tuple(self, node: ast.Tuple) -> tuple[str, Function]:
        parts = [self.make(one) for one in node.elts]
        if not parts or any(unit != TEXT for unit, _function in parts):
            raise Wrong("texts-only", part=ast.unparse(node))
        return TEXTS, lambda row, rate: [one(row, rate) for _unit, one in parts]

    def _unaryop(self, node: ast.UnaryOp) -> tuple[str, Function]:
        unit, inner = self.make(node.operand)
        if isinstance(node.op, ast.Not):
            self._flag(unit, node.operand)
            return FLAG, lambda row, rate: not inner(row, rate)
        if isinstance(node.op, ast.USub) and unit in units.NUMERIC:
            return unit, lambda row, rate: -inner(row, rate)
        raise Wrong("not-understood", part=ast.unparse(node))

    def _boolop(self, node: ast.BoolOp) -> tuple[str, Function]:
        parts = []
        for one in node.values:
            unit, function = self.make(one)
            self._flag(unit, one)
            parts.append(function)
        if isinstance(node.op, ast.And):
            return FLAG, lambda row, rate: all(one(row, rate) for one in parts)
        return FLAG, lambda row, rate: any(one(row, rate) for one in parts)

    def _flag(self, unit: str, node: ast.expr) -> None:
        if unit != FLAG:
            raise Wrong("wanted", wanted=FLAG, unit=unit, part=ast.unparse(node))

    def _binop(self, node: ast.BinOp) -> tuple[str, Function]:
        rule = ARITHMETIC.get(type(node.op))
        if rule is None:
            raise Wrong("not-understood", part=ast.unparse(node))
        (left_unit, left), (right_unit, right) = self.make(node.left), self.make(node.right)
        unit_of, reckon = rule
        try:
            unit = unit_of(left_unit, right_unit)
        except units.Mismatch:
            raise self._mismatch(node, left_unit, right_unit) from None
        if unit not in units.NUMERIC:
            raise self._mismatch(node, left_unit, right_unit)
        if isinstance(node.op, ast.Div) and not self._is_above_zero(node.right):
            raise Wrong("zero", part=ast.unparse(node.right))
        return unit, lambda row, rate: reckon(left(row, rate), right(row, rate))

    def _mismatch(self, node: ast.expr, left: str, right: str) -> Wrong:
        return Wrong("units", part=ast.unparse(node), left=left, right=right)

    def _is_above_zero(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Constant):
            return not isinstance(node.value, str) and bool(node.value)
        if isinstance(node, ast.Name) and self.names[node.id].positive:
            return True
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "max":
            return any(
                isinstance(one, ast.Constant) and self._is_above_zero(one) for one in node.args
            )
        return ast.dump(node) in self.above_zero

    def _compare(self, node: ast.Compare) -> tuple[str, Function]:
        parts = [self.make(one) for one in (node.left, *node.comparators)]
        pairs = []
        for position, operator in enumerate(node.ops):
            (left_unit, left), (right_unit, right) = parts[position], parts[position + 1]
            reckon = COMPARED.get(type(operator))
            if reckon is None:
                raise Wrong("not-understood", part=ast.unparse(node))
            self._comparable(node, operator, left_unit, right_unit)
            pairs.append((left, reckon, right))
        return FLAG, lambda row, rate: all(
            reckon(left(row, rate), right(row, rate)) for left, reckon, right in pairs
        )

    def _comparable(self, node: ast.Compare, operator: ast.cmpop, left: str, right: str) -> None:
        if isinstance(operator, ast.In | ast.NotIn):
            if (left, right) != (TEXT, TEXTS):
                raise self._mismatch(node, left, right)
            return
        try:
            unit = units.same(left, right)
        except units.Mismatch:
            raise self._mismatch(node, left, right) from None
        if unit == TEXTS or (unit in (TEXT, FLAG) and not isinstance(operator, ast.Eq | ast.NotEq)):
            raise self._mismatch(node, left, right)

    def _ifexp(self, node: ast.IfExp) -> tuple[str, Function]:
        unit, test = self.make(node.test)
        self._flag(unit, node.test)
        held = _above_zero_by(node.test)
        self.above_zero.extend(held)
        yes_unit, yes = self.make(node.body)
        del self.above_zero[len(self.above_zero) - len(held) :]
        no_unit, no = self.make(node.orelse)
        try:
            unit = units.same(yes_unit, no_unit)
        except units.Mismatch:
            raise self._mismatch(node, yes_unit, no_unit) from None
        return unit, lambda row, rate: yes(row, rate) if test(row, rate) else no(row, rate)

    def _call(self, node: ast.Call) -> tuple[str, Function]:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS or node.keywords or len(node.args) < 1:
            near = get_close_matches(name, FUNCTIONS, 1, 0.5)
            raise Wrong("unknown-function", name=name or ast.unparse(node.func),
                        near=near[0] if near else "")  # fmt: skip
        parts = [self.make(one) for one in node.args]
        given = [unit for unit, _function in parts]
        unit, reckon = FUNCTIONS[name]
        if unit is None:
            unit = given[0]
            for other in given[1:]:
                try:
                    unit = units.same(unit, other)
                except units.Mismatch:
                    raise self._mismatch(node, unit, other) from None
            if unit not in units.NUMERIC or (name == "floor" and len(parts) != 1):
                raise self._mismatch(node, unit, NUMBER)
        elif given != [TEXT, TEXT]:
            raise self._mismatch(node, given[0], TEXT)
        return unit, lambda row, rate: reckon(*(one(row, rate) for _unit, one in parts))


def _above_zero_by(test: ast.expr) -> list[str]:
    """What `a > 0`, `a != 0`, also joined by "and", says is not zero."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return [one for part in test.values for one in _above_zero_by(part)]
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return []
    right, operator = test.comparators[0], test.ops[0]
    if not isinstance(right, ast.Constant) or isinstance(right.value, str):
        return []
    above = isinstance(operator, ast.Gt | ast.NotEq) and right.value == 0
    above = above or (isinstance(operator, ast.GtE | ast.Gt | ast.Eq) and right.value > 0)
    return [ast.dump(test.left)] if above else []
