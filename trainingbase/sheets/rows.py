"""Sheets of many rows: the library writes each different value once, and the rows repeat it.

A file of half a million cells has a few thousand values; to type, format and escape each cell anew
takes many times as long as to write it.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet


class RowSheet(Worksheet):
    """A worksheet whose header is written as usual, and whose rows are put with `put_rows`."""

    def __init__(self) -> None:
        super().__init__()
        self.dim_rowmax: int
        self.lines: list[str] = []

    def put_rows(
        self,
        rows: Iterable[Sequence[Any]],
        widths: list[int],
        *,
        cell: Callable[[Any, int, int, Any], None],
        width: Callable[[Any], int],
    ) -> int:
        """From the second row on; the number of the last one.  `cell(sheet, row, column, value)`
        writes one value as the library does; `widths` become as wide as the widest `width`."""
        known: dict[tuple[type, Hashable], tuple[str, int]] = {}
        columns = [xl_col_to_name(number) for number in range(len(widths))]
        last = 0
        for last, row in enumerate(rows, start=1):
            line = [f'<row r="{last + 1}">']
            for number, value in enumerate(row):
                if number == len(widths):
                    widths.append(0)
                    columns.append(xl_col_to_name(number))
                same = (value.__class__, tuple(value) if isinstance(value, list | set) else value)
                found = known.get(same)
                if found is None:
                    cell(self, last, number, value)
                    found = known[same] = (self._taken(last, number), width(value))
                line.append(f'<c r="{columns[number]}{last + 1}"{found[0]}')
                if found[1] > widths[number]:
                    widths[number] = found[1]
            line.append("</row>")
            self.lines.append("".join(line))
        if widths:
            self._check_dimensions(last, len(widths) - 1)
        return last

    def _taken(self, row: int, column: int) -> str:
        """The XML behind the address of the cell that was just written, which is taken away."""
        written = self.table[row].pop(column)
        tail = f' s="{written.format._get_xf_index()}"'
        kind = written.__class__.__name__
        if kind == "String":
            return f'{tail} t="s"><v>{written.string}</v></c>'
        if kind == "Blank":
            return f"{tail}/>"
        assert kind in ("Number", "Datetime"), kind
        return f"{tail}><v>{written.number:.16G}</v></c>"

    def _write_rows(self) -> None:
        last: int = self.dim_rowmax
        self.dim_rowmax = 0
        super()._write_rows()
        self.dim_rowmax = last
        self.fh.writelines(self.lines)
