"""How a kind of table is described: its columns, what it needs, and what its rows must satisfy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trainingbase.sheets.cells import Cleaner, text

if TYPE_CHECKING:
    from trainingbase.sheets.rowdraft import RowDraft, TableDraft


def plain_header(header: Any) -> str:
    """Half-width, lower case, without blanks, stars, colons and a number before it."""
    shown = unicodedata.normalize("NFKC", str(header)).lower()
    shown = re.sub(r"[\s*※:_\"'“”。]+", "", shown)
    return re.sub(r"^\(?\d{1,2}[.、)](?=[^\d\s])", "", shown)


def without_brackets(header: str) -> str:
    """``轮转时间(月)`` is ``轮转时间``; a header that is all brackets stays."""
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】", "", header) or header


@dataclass(frozen=True, slots=True)
class Field:
    """One column. ``headers`` are its wordings, the first is the one templates use.

    A key that begins with ``_`` is recognised and not read. ``must``: the cell may not be empty.
    ``down``: an empty cell takes the value above it. ``computed``: a formula is welcome.
    """

    key: str
    headers: tuple[str, ...]
    clean: Cleaner = text
    must: bool = False
    down: bool = False
    computed: bool = False
    empty: Any = None

    @property
    def plain_headers(self) -> tuple[str, ...]:
        return tuple(plain_header(header) for header in self.headers)


# Columns that come with no header synonyms: keys by column, from the texts of all headers.
Dynamic = Callable[[dict[int, list[str]], str], dict[int, Field]]


def _nothing(*_: object) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Spec:
    """``needs``: groups of keys of which one each must be among the columns. ``hint``: a pattern
    for the names of sheets that usually hold it. ``judge`` looks at one row, ``close`` at all."""

    noun: str
    fields: tuple[Field, ...]
    needs: tuple[tuple[str, ...], ...]
    hint: str = ""
    dynamic: Dynamic | None = None
    least_dynamic: int = 0
    judge: Callable[[RowDraft], None] = _nothing
    close: Callable[[TableDraft], None] = _nothing
    means: bool = False
    vocabulary: dict[str, list[tuple[int, str]]] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        for one in self.fields:
            for rank, header in enumerate(one.plain_headers):
                self.vocabulary.setdefault(header, []).append((rank, one.key))

    def field(self, key: str) -> Field:
        return next(one for one in self.fields if one.key == key)

    def likely(self, *names: str) -> bool:
        return bool(self.hint) and any(re.search(self.hint, name, re.I) for name in names)


NUMBER_COLUMN = Field("_no", ("序号", "编号", "顺序号", "行号", "no", "no.", "#", "s/n", "index"))
NOTE_COLUMN = Field(
    "note",
    (
        "备注",
        "说明",
        "附注",
        "备注说明",
        "其他说明",
        "remark",
        "remarks",
        "note",
        "notes",
        "comment",
    ),
)
