"""What a document is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1, 2 or 3. Readers find their way by it."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; line ends stay. ``small`` for notes."""

    text: object
    small: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values; ``columns`` pairs stand beside each other (1 or 2)."""

    rows: Sequence[tuple[str, object]]
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that repeats on each page.

    ``widths`` are shares of the width, one a column; without them they follow what is written.
    A column of numbers only stands to the right. A cell may be text, a number or None.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[object]]
    widths: Sequence[float] | None = None
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Who signed as what and when; without ``name`` a line to sign on by hand."""

    role: str
    name: str = ""
    signed_at_text: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines of signatures, kept together with their digests."""

    rows: Sequence[SignatureLine]


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG, PNG or JPEG; ``alt`` says in words what it shows."""

    content: bytes
    alt: str
    width_mm: float = 40


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of headings down to ``depth`` with their pages."""

    title: str
    depth: int = 1


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins a page."""


Block = Heading | Text | Facts | Table | Signatures | Picture | Contents | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A document: ``title`` and ``subtitle`` on top, the title and ``footer`` on every page.

    ``made_at`` is the moment in the metadata (with its zone; without one it counts as UTC).
    ``cover`` gives title, subtitle and the blocks up to the first ``PageBreak`` a page with room.
    """

    title: str
    language: Literal["zh", "en"]
    blocks: Sequence[Block] = field(default_factory=list)
    subtitle: str = ""
    footer: str = ""
    made_at: datetime | None = None
    cover: bool = False
    landscape: bool = False
