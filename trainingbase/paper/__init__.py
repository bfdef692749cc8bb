"""Documents of fixed layout as PDF: blocks in, bytes out. Pure: no database, web or clock.

``pdf(Document(title, language, blocks, …)) -> bytes`` sets a document with typst. The file is
PDF/A-2a (so also 2b): tagged, with its language and title, the letters it uses embedded and
nothing else; the same document and ``made_at`` give the same bytes, on every machine. No network
and no font of the system is used.

What is written is data: it reaches the one template (`page.typ`) as JSON and is never typst
source, so that ``#``, ``$`` or ``\\`` stand in the document as they were typed. A letter the font
lacks is shown as ``〓`` with its number; control characters are left out; words too long for a line
are broken.

``pdf_aside`` does the same in a process of its own: for thick documents, and for many.

Blocks: ``Heading``, ``Text``, ``Facts`` (labels and values), ``Table`` (its head repeats on each
page), ``Signatures``, ``Picture`` (SVG, PNG or JPEG), ``Contents``, ``PageBreak``. Every text may
be of any length. Days and numbers are written by whoever makes the document, in its language.
"""

from trainingbase.paper.aside import NotSet, pdf_aside
from trainingbase.paper.blocks import (
    Block,
    Contents,
    Document,
    Facts,
    Heading,
    PageBreak,
    Picture,
    SignatureLine,
    Signatures,
    Table,
    Text,
)
from trainingbase.paper.press import pdf

__all__ = [
    "Block",
    "Contents",
    "Document",
    "Facts",
    "Heading",
    "NotSet",
    "PageBreak",
    "Picture",
    "SignatureLine",
    "Signatures",
    "Table",
    "Text",
    "pdf",
    "pdf_aside",
]
