"""A row that is to be kept, and what keeping it does to the base."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from trainingbase.sheets import Preview, Problem, Row, SheetPreview

CREATED, CHANGED, UNCHANGED = "created", "changed", "unchanged"


@dataclass(slots=True)
class Wanted:
    """`places`: record key → (column, header) of the row's table; a key that is not in it was not
    asked for by the workbook, and what the base has under it stays."""

    row: Row
    places: dict[str, tuple[str | int, str]]
    outcome: str | None = UNCHANGED
    changes: dict[str, list] = field(default_factory=dict)

    @property
    def record(self) -> dict[str, Any]:
        return self.row.record

    @property
    def taken(self) -> bool:
        return self.row.taken

    def says(self, key: str) -> bool:
        return key in self.places

    def made(self) -> None:
        """What the row is about is new to the base."""
        self.outcome = CREATED

    def change(self, label: str, old: Any, new: Any) -> None:
        """Something is no longer what it was; of a new thing only that it is new is told."""
        if self.outcome == CREATED:
            return
        self.outcome = CHANGED
        self.changes[label] = [plain(old), plain(new)]

    def put(self, subject: Any, values: dict[str, Any], *, among: Any = None) -> None:
        """Set attributes of `subject`, noting those that were different.

        `among` are the attributes the workbook speaks of; the others are left as they are unless
        `subject` is new.
        """
        for name, value in values.items():
            old = getattr(subject, name)
            if old == value or (among is not None and name not in among):
                continue
            setattr(subject, name, value)
            self.change(name, old, value)

    def refuse(self, key: str, category: str, **params: Any) -> None:
        self._find(self.row.refusals, key, category, params)
        self.outcome, self.changes = UNCHANGED, {}

    def warn(self, key: str, category: str, **params: Any) -> None:
        self._find(self.row.warnings, key, category, params)

    def _find(self, among: list, key: str, category: str, params: dict[str, Any]) -> None:
        column, header = self.places.get(key) or next(iter(self.places.values()))
        among.append(
            Problem(
                self.row.sheet,
                self.row.row,
                column,
                header,
                plain(self.record.get(key)),
                category,
                None,
                params,
            )
        )


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return getattr(value, "name", value)


class Workbook:
    """A preview whose rows are to be kept."""

    def __init__(self, preview: Preview):
        self.preview = preview
        self.rows: list[Wanted] = []
        self._of_table: dict[str, list[Wanted]] = {}
        self._seen: dict[Any, Wanted] = {}
        for table in preview.sheets:
            places = {key: (column, header) for column, (header, key) in table.columns.items()}
            rows = [Wanted(row, places) for row in table.rows]
            self.rows += rows
            self._of_table[table.name] = rows

    def of(self, *nouns: str) -> Iterator[Wanted]:
        """The rows that may be kept; one refused on the way is left out from then on."""
        return (one for one in self.rows if one.row.noun in nouns and one.taken)

    def is_repeated(self, wanted: Wanted, key: Any, column: str) -> bool:
        """Whether an earlier row is about the same; where it says otherwise, this one is refused,
        lest a file contradict itself anew each time it is brought in."""
        first = self._seen.setdefault(key, wanted)
        if first is wanted:
            return False
        if first.record != wanted.record:
            wanted.refuse(column, "duplicate_in_file", row=first.row.row)
        return True

    def tables(self, *nouns: str) -> Iterator[tuple[SheetPreview, list[Wanted]]]:
        for table in self.preview.sheets:
            if table.noun in nouns:
                yield table, [one for one in self._of_table[table.name] if one.taken]
