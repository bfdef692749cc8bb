"""Sets a document: the blocks as JSON beside the one template, compiled by typst."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from trainingbase.paper.blocks import (
    Block,
    Contents,
    Document,
    Facts,
    Heading,
    PageBreak,
    Picture,
    Signatures,
    Table,
    Text,
)
from trainingbase.paper.letters import font_file, printable
from trainingbase.paper.widths import label_width, numeric_columns, shares

TEMPLATE = Path(__file__).with_name("page.typ")
STANDARD = "a-2a"
BEGUN = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg"}
"""How pictures begin; what begins otherwise is SVG."""
FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


def pdf(document: Document) -> bytes:
    """The document as PDF/A: the same bytes for the same document."""
    import typst

    set_by: Any = typst.compile  # whose stubs do not know yet that it takes files by name
    return bytes(set_by(files_of(document), font_paths=_fonts(), **settings_of(document)))


def files_of(document: Document) -> dict[str, bytes]:
    """What typst is given: the template, the document as data, its pictures."""
    pictures: dict[str, bytes] = {}
    said = {
        "title": printable(document.title),
        "subtitle": printable(document.subtitle),
        "footer": printable(document.footer),
        "language": document.language,
        "cover": document.cover,
        "landscape": document.landscape,
        "blocks": [_block(block, pictures) for block in document.blocks],
    }
    return {
        "main": TEMPLATE.read_bytes(),
        "document.json": json.dumps(said, ensure_ascii=False).encode(),
        **pictures,
    }


def settings_of(document: Document) -> dict[str, Any]:
    made_at = document.made_at or FIRST_MOMENT
    moment = made_at if made_at.tzinfo else made_at.replace(tzinfo=UTC)
    return {
        "ignore_system_fonts": True,
        "format": "pdf",
        "pdf_standards": [STANDARD],
        "timestamp": int(moment.timestamp()),
    }


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(font_file().parent)],
    )


def _block(block: Block, pictures: dict[str, bytes]) -> dict[str, Any]:
    """One block as the template reads it; pictures go into files of their own."""
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": printable(text), "level": level}
        case Text(text, small):
            return {"kind": "text", "text": printable(text), "small": small}
        case Facts(rows, columns):
            pairs = [[printable(label), printable(value)] for label, value in rows]
            return {"kind": "facts", "rows": pairs, "columns": columns, "label": label_width(pairs)}
        case Table():
            return _table(block)
        case Signatures(rows):
            lines = [
                [printable(one) for one in (row.role, row.name, row.signed_at_text, row.digest)]
                for row in rows
            ]
            return {"kind": "signatures", "rows": lines}
        case Picture(content, alt, width_mm):
            name = f"picture-{len(pictures) + 1}.svg"
            pictures[name] = _drawn(content)
            return {"kind": "picture", "file": name, "alt": printable(alt), "width": width_mm}
        case Contents(title, depth):
            return {"kind": "contents", "title": printable(title), "depth": depth}
        case PageBreak():
            return {"kind": "page"}


def _drawn(content: bytes) -> bytes:
    """As SVG: of files given by name typst takes only text."""
    kind = next((kind for begun, kind in BEGUN.items() if content.startswith(begun)), None)
    if kind is None:
        return content
    from PIL import Image

    with Image.open(BytesIO(content)) as picture:
        size = f'width="{picture.width}" height="{picture.height}"'
    data = f"data:image/{kind};base64,{b64encode(content).decode()}"
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image href="{data}" {size}/></svg>'
    return drawn.encode()


def _table(table: Table) -> dict[str, Any]:
    head = [printable(cell) for cell in table.head]
    rows = [[printable(cell) for cell in row] for row in table.rows]
    wrong = next((row for row in rows if len(row) != len(head)), None)
    if wrong is not None:
        raise ValueError(f"A row has {len(wrong)} cells under a head of {len(head)}.")
    widths = list(table.widths) if table.widths else shares(head, rows)
    return {
        "kind": "table",
        "head": head,
        "cells": [cell for row in rows for cell in row],
        "widths": widths,
        "right": numeric_columns(rows, len(head)),
        "caption": printable(table.caption),
    }
