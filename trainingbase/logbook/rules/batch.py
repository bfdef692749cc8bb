"""Lines pasted from a sheet: text in, work or faults out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

MOST_LINES = 200


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line; `because` is day, kind, item, part, count or many."""

    line: int
    because: str
    said: str


@dataclass(frozen=True)
class Line:
    number: int
    done_on: date
    category: str
    item: str
    level: str | None
    reference: str | None
    count: int = 1


def read_lines(
    text: str, *, categories: Mapping[str, str], levels: Mapping[str, str]
) -> tuple[list[Line], list[Fault]]:
    """`categories` and `levels` give the key of each word people may use."""
    found: list[Line] = []
    faults: list[Fault] = []
    rows = [(number, row) for number, row in enumerate(text.splitlines(), 1) if row.strip()]
    if len(rows) > MOST_LINES:
        return [], [Fault(rows[MOST_LINES][0], "many", str(MOST_LINES))]
    for number, row in rows:
        cells = [cell.strip() for cell in _cells(row)] + [""] * 6
        day, kind, item, part, reference, many = cells[:6]
        done_on = day_of(day)
        if done_on is None:
            faults.append(Fault(number, "day", day))
        elif kind not in categories:
            faults.append(Fault(number, "kind", kind))
        elif not item:
            faults.append(Fault(number, "item", row.strip()))
        elif part and part not in levels:
            faults.append(Fault(number, "part", part))
        elif many and not (many.isdecimal() and 0 < len(many) < 5):
            faults.append(Fault(number, "count", many))
        else:
            category, level = categories[kind], levels.get(part)
            found.append(
                Line(number, done_on, category, item, level, reference or None, int(many or 1))
            )
    return found, faults


def _cells(row: str) -> list[str]:
    if "\t" in row:
        return row.split("\t")
    return row.replace("，", ",").split(",")


def day_of(text: str) -> date | None:
    """2026-11-03, 2026/11/3, 2026.11.3 or 2026年11月3日."""
    plain = text
    for mark in "/.年月":
        plain = plain.replace(mark, "-")
    try:
        year, month, day = (int(part) for part in plain.rstrip("日").split("-"))
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
