"""Reads a PDF back: what a person would see and what a reader program is told."""

import io

from pypdf import PdfReader

from trainingbase.paper.letters import BREAK_HERE


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content), strict=True)


def page_text(content: bytes, number: int) -> str:
    """Of one page, counted from 1, without line ends and spaces: where lines break is the
    printer's business."""
    said = reader(content).pages[number - 1].extract_text()
    return "".join(said.replace(BREAK_HERE, "").split())


def text(content: bytes) -> str:
    """Of all pages."""
    said = "".join(page.extract_text() for page in reader(content).pages)
    return "".join(said.replace(BREAK_HERE, "").split())


def fonts(content: bytes) -> list[tuple[str, bool]]:
    """The name of each font and whether the file carries it."""
    found = {}
    for page in reader(content).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            carried = inner["/FontDescriptor"].get_object()
            found[inner["/BaseFont"]] = any(f"/FontFile{n}" in carried for n in ("", "2", "3"))
    return sorted(found.items())
