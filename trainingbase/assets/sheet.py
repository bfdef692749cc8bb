"""One stylesheet for all pages: each file of its own would be a request, and a wait, more."""

import re
from pathlib import Path

BOOTSTRAP = "vendor/bootstrap-5.3.9/bootstrap.used.css"  # made by scripts/trim
PARTS = (
    "tokens",
    "layout",
    "navigation",
    "components",
    "blocks",
    "figures",
    "forms",
    "tables",
    "grid",
)


def sheet(static: Path) -> str:
    """Bootstrap's part, then ours in their order, then what holds on paper."""
    screen = [static / BOOTSTRAP, *(static / "css" / f"{part}.css" for part in PARTS)]
    texts = [small(file.read_text(encoding="utf-8")) for file in screen]
    paper = small((static / "css" / "print.css").read_text(encoding="utf-8"))
    return "\n".join([*texts, f"@media print{{{paper}}}"])


def small(css: str) -> str:
    """Without comments, but for licences, and without indents."""
    return re.sub(r"\n\s*", "\n", re.sub(r"/\*(?!!).*?\*/", "", css, flags=re.DOTALL)).strip()
