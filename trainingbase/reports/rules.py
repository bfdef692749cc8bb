"""Periods of reports, what identifies their figures, and what a column of the return holds."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from trainingbase.months import months_later

MONTH, YEAR = "month", "year"


def period(kind: str, starts_on: date) -> tuple[date, date]:
    if kind == YEAR:
        return date(starts_on.year, 1, 1), date(starts_on.year + 1, 1, 1)
    return starts_on.replace(day=1), months_later(starts_on, 1)


def last_over(kind: str, today: date) -> date:
    """The first day of the newest month or year that is over."""
    return date(today.year - 1, 1, 1) if kind == YEAR else months_later(today, -1)


def digest(tables: Sequence[dict[str, Any]]) -> str:
    """sha256 of the figures: the same figures have the same."""
    said = json.dumps(tables, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


VALUE, TOP, BOTTOM, TEXT = "value", "top", "bottom", "text"


def parted(source: str) -> tuple[str, str]:
    """placements-done:value as its two parts; text: keeps all that follows."""
    before, _colon, after = source.partition(":")
    return before, after
