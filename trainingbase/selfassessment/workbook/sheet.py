"""A sheet by the names of its columns."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from flask_babel import gettext as _

from trainingbase.selfassessment.workbook.layout import SHEETS, both
from trainingbase.sheets.cells import content, half_width
from trainingbase.sheets.grid import Grid, letters

SURENESS = ("H", "M", "S")


@dataclass(frozen=True)
class Fault:
    """`cell` as a spreadsheet names it; empty of a whole sheet."""

    sheet: str
    cell: str
    said: str


class Sheet:
    """What is wrong with a cell is noted at the cell."""

    def __init__(self, key: str, grid: Grid, faults: list[Fault]):
        self.grid, self.faults = grid, faults
        names = {name: column for column, label in SHEETS[key][1].items() for name in both(label)}
        heads = {at: content(grid.at(1, at)).strip() for at in range(1, grid.columns + 1)}
        self.columns = {names[said]: at for at, said in heads.items() if said in names}
        for column, label in SHEETS[key][1].items():
            if column not in self.columns:
                self.note(1, 0, _("The column “%(name)s” is missing.", name=str(label)))

    def rows(self) -> list[int]:
        return [
            row for row in range(2, self.grid.rows + 1)
            if any(self.text(row, column) for column in self.columns)
        ]  # fmt: skip

    def note(self, row: int, column: str | int, said: str) -> None:
        at = self.columns.get(column, 0) if isinstance(column, str) else column
        self.faults.append(Fault(self.grid.title, f"{letters(at)}{row}" if at else "", said))

    def text(self, row: int, column: str, *, most: int = 0) -> str:
        """Empty where there is nothing; with `most` something must be there, no longer than it."""
        at = self.columns.get(column)
        raw = self.grid.at(row, at) if at else None
        said = content(raw).strip() if raw is not None else ""
        if at and most and not said:
            self.note(row, column, _("Enter something here."))
        if most and len(said) > most:
            self.note(row, column, _("At most %(most)s signs.", most=most))
        return said

    def number(self, row: int, column: str, *, most: int, above: bool = False) -> Decimal:
        """From 0 (`above`: more than 0) to `most`; 0 where it is none, and that is noted."""
        said = half_width(self.text(row, column))
        try:
            value = Decimal(said or "0")
        except InvalidOperation:
            value = Decimal("NaN")
        fits = value.is_finite() and 0 <= value <= most and value == round(value, 4)
        if not fits or (above and not value):
            self.note(row, column, _("Enter a number from 0 to %(most)s.", most=most)
                      if not above else
                      _("Enter a number above 0, at most %(most)s.", most=most))  # fmt: skip
            return Decimal(0)
        return value

    def named(self, row: int, most: int = 200) -> dict[str, str]:
        """The English name may be left out."""
        name = self.text(row, "name", most=most)
        return {"name": name, "name_en": self.text(row, "name_en")[:most] or name}

    def sureness(self, row: int) -> str:
        said = self.text(row, "confidence").upper() or "S"
        if said not in SURENESS:
            self.note(row, "confidence", _("Enter H, M or S."))
            return "S"
        return said
