"""Scores from a CSV file in long form: a column for each facet of the design, and `score`."""

import csv
import io
import re
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from trainingbase.psychometrics.refusals import Unreadable
from trainingbase.psychometrics.scores import Scores

SCORE = "score"
MISSING = {"", "NA"}
"""What stands in a cell that was not scored."""

MOST_SCORES = 5_000_000
LARGEST = 1e12
"""Beyond which squares lose what people differ by."""

MOST_FAULTS = 5
"""So many bad cells are named; the rest are counted."""

LONGEST_SHOWN = 40
LONGEST_CELL = 100_000
"""Characters; an open quotation mark makes one cell of all that follows."""

_NUMBER = re.compile(r"[+-]?(\d+([.]\d*)?|[.]\d+)([eE][+-]?\d{1,3})?")
_ENCODINGS = ("utf-8-sig", "gb18030")
_SEPARATORS = ",;\t"


class LongFile:
    """A file whose header has been read; `facets` are its columns but for the score."""

    def __init__(self, path: Path) -> None:
        """Raises `Unreadable`, or OSError."""
        text = _text(path)
        self._reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
        self._header = [one.strip() for one in next(self._rows(), (0, []))[1]]
        if not any(self._header):
            raise Unreadable("empty")
        folded = [name.casefold() for name in self._header]
        for name, key in zip(self._header, folded, strict=True):
            if folded.count(key) > 1:
                raise Unreadable("repeated_column", column=name or "''")
        self._at = {key: at for at, key in enumerate(folded)}

    @property
    def facets(self) -> list[str]:
        return [name for name in self._header if name.casefold() != SCORE]

    def scores(self, facets: Sequence[str], design: str) -> Scores:
        """Of a design that names just the columns there are; cells left empty are missing.

        Raises `Unreadable`, naming the cell.
        """
        self._refuse_other_columns(facets, design)
        at, place = [self._at[name.casefold()] for name in facets], self._at[SCORE]
        columns = [array("q") for _ in facets]
        numbers: list[dict[str, int]] = [{} for _ in facets]
        values, rows, faults = array("d"), array("q"), Faults()
        for row, cells in self._rows():
            if len(cells) != len(self._header):
                raise Unreadable(
                    "broken_row", row=row, found=len(cells), expected=len(self._header)
                )
            text = cells[place].strip()
            if text in MISSING:
                continue
            if not _NUMBER.fullmatch(text):
                faults.add(row, place, text)
                continue
            if abs(number := float(text)) > LARGEST:
                faults.add(row, place, text, too_large=True)
                continue
            values.append(number)
            rows.append(row)
            for column, known, where in zip(columns, numbers, at, strict=True):
                label = cells[where].strip()
                if not label:
                    faults.add(row, where, "")
                column.append(known.setdefault(label, len(known)))
            if len(values) > MOST_SCORES:
                raise Unreadable("too_large", found=len(values), most=MOST_SCORES)
        faults.refuse()
        if not values:
            raise Unreadable("no_scores")
        found = Scores(
            np.array(values),
            {name: np.array(column) for name, column in zip(facets, columns, strict=True)},
            {name: tuple(known) for name, known in zip(facets, numbers, strict=True)},
        )
        _refuse_repeated(found, facets, rows)
        return found

    def _refuse_other_columns(self, facets: Sequence[str], design: str) -> None:
        named = {name.casefold() for name in facets} | {SCORE}
        missing = [name for name in (*facets, SCORE) if name.casefold() not in self._at]
        if missing:
            raise Unreadable("missing_columns", columns=missing, found=self._header)
        unknown = [name for name in self._header if name.casefold() not in named]
        if unknown:
            raise Unreadable("unknown_columns", columns=unknown, design=design)

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every line that is not blank, with its number in the file."""
        try:
            for cells in self._reader:
                if max(map(len, cells), default=0) > LONGEST_CELL:
                    raise Unreadable("not_text")
                if any(cells):
                    yield self._reader.line_num, cells
        except csv.Error as error:
            raise Unreadable("not_text") from error


class Faults:
    """Bad cells, by the names a spreadsheet gives them."""

    def __init__(self) -> None:
        self._named: list[dict[str, str]] = []
        self._more = 0

    def add(self, row: int, column: int, text: str, *, too_large: bool = False) -> None:
        """A cell that is empty, no number, or one too large."""
        if len(self._named) == MOST_FAULTS:
            self._more += 1
            return
        cell = f"{_letters(column)}{row}"
        shown = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
        if not shown:
            fault = {"zh": f"{cell} 是空的", "en": f"{cell} is empty"}
        elif too_large:
            fault = {
                "zh": f"{cell} 的“{shown}”太大，不是评分",
                "en": f"{cell}: {shown!r} is too large for a score",
            }
        else:
            fault = {
                "zh": f"{cell} 的“{shown}”不是数字",
                "en": f"{cell}: {shown!r} is not a number",
            }
        self._named.append(fault)

    def refuse(self) -> None:
        if self._named:
            more = {"zh": f"另有 {self._more} 处", "en": f"and {self._more} more"}
            raise Unreadable("bad_cells", cells=[*self._named, *([more] if self._more else [])])


def _refuse_repeated(scores: Scores, facets: Sequence[str], rows: Sequence[int]) -> None:
    found = scores.repeated(facets)
    if found:
        first, second, count = found
        raise Unreadable(
            "duplicates",
            first=rows[first],
            second=rows[second],
            cell=scores.cell(facets, first),
            count=count,
        )


def _letters(column: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def _text(path: Path) -> str:
    content = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise Unreadable("not_text")


def _separator(text: str) -> str:
    header = text.lstrip().split("\n", 1)[0]
    return max(_SEPARATORS, key=header.count)
