"""Finding tables on a sheet: header rows of any place, order and wording."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from trainingbase.sheets.grid import Grid, shown
from trainingbase.sheets.spec import Field, Spec, plain_header, without_brackets

DEEPEST = 3
EXACT, BRACKETED, PART = 3.0, 2.0, 1.0


@dataclass(slots=True)
class Header:
    spec: Spec
    row: int
    depth: int
    columns: dict[int, Field]
    texts: dict[int, str]
    score: float

    @property
    def needs_met(self) -> bool:
        return not self.missing

    @property
    def missing(self) -> list[tuple[str, ...]]:
        keys = {one.key for one in self.columns.values()}
        return [group for group in self.spec.needs if not keys & set(group)]


@dataclass(slots=True)
class Table:
    """``body``: the rows below the header, ``above``: those before it; ``title`` is the first
    lone line above, ``headings`` are all of them but the notes."""

    grid: Grid
    header: Header
    above: list[int]
    title: str
    body: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)

    @property
    def headings(self) -> list[str]:
        return _headings(self.grid, self.above)


def find_tables(grid: Grid, specs: tuple[Spec, ...]) -> list[Table]:
    vocabulary = {word for spec in specs for word in spec.vocabulary}
    tables: list[Table] = []
    loose: list[int] = []
    row = 1
    while row <= grid.rows:
        header = None
        if _speaks(grid, row, vocabulary):
            header = best_header(grid, row, specs)
        if header is None:
            (tables[-1].body if tables else loose).append(row)
            row += 1
            continue
        rows = list(range(row, row + header.depth))
        if tables and _same(tables[-1].header, header) and not _title_between(tables[-1]):
            tables[-1].repeated += rows
        else:
            above = _titles_below(tables[-1]) if tables else loose
            tables.append(Table(grid, header, above, _title(grid, above)))
        row += header.depth
    return tables


def _speaks(grid: Grid, row: int, vocabulary: set[str]) -> bool:
    """Whether a row or the next has any word of a header: the cheap question comes first."""
    for line in (row, row + 1):
        for column in range(1, grid.columns + 1):
            value = grid.values.get((line, column))
            if isinstance(value, str) and len(value) <= 40:
                plain = plain_header(value)
                if plain in vocabulary or without_brackets(plain) in vocabulary:
                    return True
    return False


def best_header(grid: Grid, row: int, specs: tuple[Spec, ...]) -> Header | None:
    """The description that fits rows from ``row`` on best, or None where none fits wholly.

    A title row above a header would fit as its upper half: the lower rows alone must fit less.
    """
    best: Header | None = None
    for depth in range(1, DEEPEST + 1):
        if row + depth - 1 > grid.rows:
            break
        for spec in specs:
            found = match(grid, row, depth, spec)
            if not found.needs_met or (best and found.score <= best.score):
                continue
            if depth > 1 and _lower_part_fits(grid, found):
                continue
            best = found
    return best


def _lower_part_fits(grid: Grid, found: Header) -> bool:
    for skipped in range(1, found.depth):
        first = found.row + skipped
        if any(grid.anchor(first, column)[0] < first for column in found.columns):
            continue  # a column name merged over both rows: they are one header
        lower = match(grid, found.row + skipped, found.depth - skipped, found.spec)
        if lower.needs_met and len(lower.columns) >= len(found.columns):
            return True
    return False


def match(grid: Grid, row: int, depth: int, spec: Spec) -> Header:
    """Which columns say what, where rows ``row`` to ``row + depth - 1`` are the header."""
    texts = {
        column: found
        for column in range(1, grid.columns + 1)
        if (found := _column_texts(grid, row, depth, column))
    }
    chosen: dict[str, tuple[float, int]] = {}
    for column, words in texts.items():
        for key, score in _best_keys(words, spec):
            if key not in chosen or score > chosen[key][0]:
                chosen[key] = (score, column)
    taken: dict[int, Field] = {}
    total = 0.0
    # the surest pairs first, so that a column named twice goes to the better one
    for key, (score, column) in sorted(chosen.items(), key=lambda one: -one[1][0]):
        if column not in taken:
            taken[column] = spec.field(key)
            total += 1 + score / 100 if not key.startswith("_") else score / 100
    if spec.dynamic:
        title = grid.title + " " + _title(grid, list(range(max(1, row - 4), row)))
        extra = spec.dynamic({c: w for c, w in texts.items() if c not in taken}, title)
        if len(extra) < spec.least_dynamic:
            return Header(spec, row, depth, {}, {}, 0)
        taken |= extra
        total += len(extra)
    if spec.likely(grid.title):
        total += 0.5
    labels = {column: _label(words) for column, words in texts.items()}
    return Header(spec, row, depth, dict(sorted(taken.items())), labels, total)


def _column_texts(grid: Grid, row: int, depth: int, column: int) -> list[str]:
    """The different texts over one column, from the top down."""
    found: list[str] = []
    seen = set()
    for line in range(row, row + depth):
        place = grid.anchor(line, column)
        value = grid.values.get(place)
        if value is None or place in seen:
            continue
        seen.add(place)
        text = value.strftime("%Y-%m-%d") if isinstance(value, date) else str(shown(value))
        if text.strip():
            found.append(text.strip()[:60])
    return found


def _label(words: list[str]) -> str:
    last = words[-1]
    whole = "".join(words[-2:]) if last.startswith(("(", "（")) else last
    return re.sub(r"\s*[\r\n]+\s*", "", whole)


def _best_keys(words: list[str], spec: Spec) -> list[tuple[str, float]]:
    """Keys a column may be, with how sure that is."""
    scores: dict[str, float] = {}

    def note(header: str, base: float) -> None:
        for rank, key in spec.vocabulary.get(header, ()):
            scores[key] = max(scores.get(key, 0), base - rank / 100)

    last = plain_header(words[-1])
    whole = plain_header("".join(words))
    for header in dict.fromkeys((last, whole)):
        note(header, EXACT)
        note(without_brackets(header), BRACKETED)
    for piece in re.split(r"[/、,]|\n", last):
        note(piece, BRACKETED - 0.5)
    if not scores:
        bare = without_brackets(last)
        for header, keys in spec.vocabulary.items():
            if len(header) >= 2 and (bare.startswith(header) or bare.endswith(header)):
                for rank, key in keys:
                    if not key.startswith("_"):
                        better = PART + len(header) / 100 - rank / 1000
                        scores[key] = max(scores.get(key, 0), better)
    return sorted(scores.items(), key=lambda one: -one[1])


def _same(one: Header, other: Header) -> bool:
    keys = [field.key for field in one.columns.values()]
    return one.spec is other.spec and keys == [field.key for field in other.columns.values()]


def _lone(grid: Grid, row: int) -> Any:
    """The value of a row that has only one cell, else None."""
    cells = grid.anchors(row)
    return next(iter(cells.values())) if len(cells) == 1 else None


def _title_between(table: Table) -> bool:
    """Whether the last lines of a table name the next one."""
    lines = [row for row in table.body[-3:] if table.grid.anchors(row)]
    last = _lone(table.grid, lines[-1]) if lines else None
    return isinstance(last, str) and plain_header(last) != plain_header(table.title)


def _titles_below(table: Table) -> list[int]:
    """Takes the lone lines at the end of a table away from it: they head the next."""
    taken: list[int] = []
    while table.body and len(table.grid.anchors(table.body[-1])) <= 1:
        value = _lone(table.grid, table.body[-1])
        if value is not None and (not isinstance(value, str) or is_note(value)) and taken:
            break
        taken.insert(0, table.body.pop())
    return taken


def _headings(grid: Grid, rows: list[int]) -> list[str]:
    return [
        value.strip()
        for row in rows
        if isinstance(value := _lone(grid, row), str) and not is_note(value)
    ]


def _title(grid: Grid, rows: list[int]) -> str:
    return next(iter(_headings(grid, rows)), "")


_NOTE = re.compile(
    r"\s*[（(【\[]?(注|附注|备注|说明|填表|填写|制表|审核|审批|单位负责人|科室负责人|负责人|联系|打印|"
    r"统计|报送|示例|提示|note|remark|prepared by|checked by)",
    re.I,
)


def is_note(value: Any) -> bool:
    return isinstance(value, str) and bool(_NOTE.match(value))
