"""The rules a new base starts from; it ends them, or puts versions of its own in their place."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

from trainingbase.incentives.rules.scheme import Terms


@cache
def shipped() -> tuple[Terms, ...]:
    """Numbered from 1 in the file's order; all take their amounts from the rates."""
    rows = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return tuple(
        Terms(
            id=number,
            multiplier="",
            share="",
            pay="rate",
            amount=Decimal(0),
            point_value=Decimal(1),
            cap=None,
            source_id=None,
            **row | {"splits": tuple(row["splits"])},
        )
        for number, row in enumerate(rows, 1)
    )
