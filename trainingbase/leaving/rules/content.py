"""What is signed at the end of a placement, as plain values, and what has changed since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from trainingbase.leaving.rules.gate import Line, Score
from trainingbase.signatures.rules import plain

OF_A_LINE = ("item", "unit", "effect", "least", "done", "counted", "target", "state")
NUMBERS = {"least", "done", "counted", "target"}


@dataclass(frozen=True)
class Changed:
    """A line that differs from what was signed; None where it was not asked then, or is no more."""

    item: str
    signed: Line | None
    now: Line | None


def of_lines(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [plain({name: getattr(one, name) for name in OF_A_LINE}) for one in lines]


def lines_of(kept: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    """The lines as they were signed."""
    return tuple(
        Line(**{name: _read(name, one.get(name)) for name in OF_A_LINE})  # type: ignore[arg-type]
        for one in kept
    )


def _read(name: str, value: Any) -> Any:
    return Decimal(value) if name in NUMBERS and value is not None else value


def of_score(score: Score) -> dict[str, Any]:
    names = ("daily", "theory", "skill", "most_daily", "most_theory", "most_skill", "total")
    return plain({name: getattr(score, name) for name in names})


def changed(signed: Sequence[Line], now: Sequence[Line]) -> tuple[Changed, ...]:
    """Which figures differ from those that were signed; what is asked counts like what is done."""
    before, after = {one.item: one for one in signed}, {one.item: one for one in now}
    items = list(dict.fromkeys([*before, *after]))
    return tuple(
        Changed(item, before.get(item), after.get(item))
        for item in items
        if before.get(item) != after.get(item)
    )
