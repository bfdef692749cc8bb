"""Reads a PDF back: what a person would see and what a reader program is told."""

import io

from pypdf import PdfReader

from trainingbase.paper.letters import BREAK_HERE


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content), strict=True)


def pages(content: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text().replace(BREAK_HERE, "") for page in reader(content).pages]


def text(content: bytes) -> str:
    """All of it, without line ends and spaces: where lines break is the printer's business."""
    return "".join("".join(pages(content)).split())


def fonts(content: bytes) -> list[tuple[str, bool]]:
    """The name of each font and whether the file carries it."""
    found = {}
    for page in reader(content).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            carried = inner["/FontDescriptor"].get_object()
            found[inner["/BaseFont"]] = any(f"/FontFile{n}" in carried for n in ("", "2", "3"))
    return sorted(found.items())
