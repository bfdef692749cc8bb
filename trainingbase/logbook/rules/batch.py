"""Lines pasted from a sheet: text in, work or faults out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

MOST_LINES = 200
YES = {"1", "yes", "y", "true", "是", "有"}


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line; `because` is day, kind, item, part, count, value or many."""

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
    values: tuple[tuple[str, str], ...] = ()
    """Names of fields, in either language or by code, and what was written for them."""


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
        values, unread = _values(cells[6:])
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
        elif unread:
            faults.append(Fault(number, "value", unread))
        else:
            category, level = categories[kind], levels.get(part)
            count = int(many or 1)
            found.append(
                Line(number, done_on, category, item, level, reference or None, count, values)
            )
    return found, faults


def _values(cells: Sequence[str]) -> tuple[tuple[tuple[str, str], ...], str]:
    """Cells like 收缩压=130, and the first that is none."""
    found = []
    for cell in filter(None, cells):
        name, equals, value = cell.replace("＝", "=").partition("=")
        if not equals or not name.strip():
            return (), cell
        found.append((name.strip(), value.strip()))
    return tuple(found), ""


def details_of(line: Line, fields: Iterable[Any]) -> tuple[dict[str, Any], str]:
    """What the line says by the code of each field (rows with code, name, name_en, type and
    choices), and the first name that no field has."""
    known = {name: one for one in fields for name in (one.code, one.name, one.name_en) if name}
    details: dict[str, Any] = {}
    for name, value in line.values:
        if name not in known:
            return {}, name
        one = known[name]
        details[one.code] = _read(value, one)
    return details, ""


def _read(value: str, field: Any) -> Any:
    """A choice by its code or name, yes or no; whether a field takes it, its kind judges."""
    if field.type == "bool":
        return value.lower() in YES
    if field.type == "choice":
        named = {name: code for code, *names in field.choices for name in (code, *names) if name}
        return named.get(value, value)
    return value


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
