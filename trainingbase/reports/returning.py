"""The monthly return to the province: one row, in the columns the office has laid out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from trainingbase.quality.figures import Asking
from trainingbase.quality.figures.months import plain
from trainingbase.quality.indicators import INDICATORS
from trainingbase.quality.scope import Scope, places
from trainingbase.reports.models import ReturnColumn
from trainingbase.reports.rules import BOTTOM, TEXT, TOP, VALUE, parted
from trainingbase.sheets.write import Table


def sources() -> dict[str, str]:
    """Everything a column may hold, by source; `text` holds what is typed beside it."""
    found = {"month": _("Month"), "base": _("Name of the base"), TEXT: _("A fixed text")}
    for key, one in INDICATORS.items():
        found[f"{key}:{VALUE}"] = str(one.name)
        found[f"{key}:{TOP}"] = f"{one.name}: {one.numerator}"
        if one.bottom:
            found[f"{key}:{BOTTOM}"] = f"{one.name}: {one.denominator}"
        for part, label in one.parts.items():
            found[f"{key}:{part}"] = f"{one.name}: {label}"
    return found


def returned(columns: list[ReturnColumn], month: date, *, base: str, today: date) -> Table:
    """For the office, which sees every row: the province gets whole figures."""
    asking = Asking(Scope(month, _after(month)), places(), today)
    row = [_cell(one.source, asking, month, base) for one in columns]
    return Table(_("Monthly return"), [one.heading for one in columns], [row])


@dataclass(frozen=True)
class Cell:
    """A column as it goes out; `wrong` says what keeps it from being right, or nothing."""

    column: ReturnColumn
    value: Any
    wrong: str | None


def checked(columns: Sequence[ReturnColumn], month: date, *, base: str, today: date) -> list[Cell]:
    """What stands in the file of this month, column by column."""
    values = returned(list(columns), month, base=base, today=today).rows[0]
    headings = Counter(one.heading.strip() for one in columns)
    return [
        Cell(one, value, _wrong(one, value, headings))
        for one, value in zip(columns, values, strict=True)
    ]


def _wrong(column: ReturnColumn, value, headings: Counter) -> str | None:
    what = parted(column.source)[0]
    if column.source not in sources() and what != TEXT:
        return _("This figure is no longer counted: choose another.")
    if headings[column.heading.strip()] > 1:
        return _("Another column has the same heading.")
    if value is None or value == "":
        return _("No figure for this month: the cell stays empty.")
    return None


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _cell(source: str, asking: Asking, month: date, base: str):
    what, of = parted(source)
    if what == "month":
        return f"{month:%Y-%m}"
    if what == "base":
        return base
    if what == TEXT:
        return of
    if what not in INDICATORS:
        return ""  # an indicator of an earlier version of the portal
    found = asking.book.sum(INDICATORS[what], asking.scope)
    if of == VALUE:
        return found.value
    if of in (TOP, BOTTOM):
        return plain(getattr(found, of))
    return plain(found.parts.get(of, 0))
