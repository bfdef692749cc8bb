"""Values of a kind of work: what was typed, against what its fields take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

LONGEST_TEXT = 200
LARGEST = Decimal(10) ** 9
"""Of a field that says no limit itself: nothing that is measured is larger."""


@dataclass(frozen=True)
class Spec:
    """What one field takes; `choices` are the codes one may choose."""

    code: str
    type: str
    least: Decimal | None = None
    most: Decimal | None = None
    decimals: int = 0
    choices: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class BadValue:
    """Why a value was not taken; `because` is missing, number, range, places, choice or long."""

    code: str
    because: str


def judged(
    specs: Iterable[Spec], values: Mapping[str, Any]
) -> tuple[dict[str, Any], list[BadValue]]:
    """The values as they are kept (numbers as text, so that none loses a place; nothing for what
    was left empty), and what is wrong.  Values of fields that are not there are dropped."""
    kept: dict[str, Any] = {}
    faults: list[BadValue] = []
    for spec in specs:
        value = values.get(spec.code)
        if value is None or value == "" or value is False:
            if spec.required and spec.type != "bool":
                faults.append(BadValue(spec.code, "missing"))
            continue
        because = _fault(spec, value)
        if because:
            faults.append(BadValue(spec.code, because))
        else:
            kept[spec.code] = format(Decimal(value), "f") if spec.type == "number" else value
    return kept, faults


def _fault(spec: Spec, value: Any) -> str | None:
    if spec.type == "number":
        return _number_fault(spec, value)
    if spec.type == "choice":
        return None if value in spec.choices else "choice"
    if spec.type == "bool":
        return None if value is True else "choice"
    return "long" if not isinstance(value, str) or len(value) > LONGEST_TEXT else None


def _number_fault(spec: Spec, value: Any) -> str | None:
    try:
        number = Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        return "number"
    if not number.is_finite() or abs(number) > LARGEST:
        return "number"
    if spec.least is not None and number < spec.least:
        return "range"
    if spec.most is not None and number > spec.most:
        return "range"
    if number != round(number, spec.decimals):
        return "places"
    return None


class KeptChoice(Exception):
    """Entries may say it: a choice is not taken away.  `name` is the one that is missing."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name


def merged_choices(before: Iterable[list], typed: str) -> list[list[str]]:
    """[code, Chinese, English] of the lines "中文 | English"; what was there keeps its code.
    Raises `KeptChoice`."""
    codes = {name: code for code, name, *_english in before}
    found: list[list[str]] = []
    for line in typed.splitlines():
        name, _bar, english = (part.strip() for part in line.partition("|"))
        if name and name not in (one[1] for one in found):
            found.append([codes.get(name, ""), name, english])
    gone = [name for name in codes if name not in (one[1] for one in found)]
    if gone:
        raise KeptChoice(gone[0])
    used = set(codes.values())
    for number, one in enumerate(found):
        if not one[0]:
            one[0] = next(
                code for n in range(len(found) + number + 1) if (code := f"c{n}") not in used
            )
            used.add(one[0])
    return found


def as_lines(choices: Iterable[list]) -> str:
    """The choices as one types them."""
    lines = [
        " | ".join(one for one in (name, *english) if one) for _code, name, *english in choices
    ]
    return "\n".join(lines)
