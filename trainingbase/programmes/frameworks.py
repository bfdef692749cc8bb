"""Competency frameworks as a table: the ones that come with the portal, and a base's own.

`frameworks.csv` holds entries that were read in the source named beside each; what could not be
read is left out, and `whole` then says how many entries the framework has.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SEEDED = Path(__file__).parent / "frameworks.csv"
KINDS = ("competency", "scale", "evidence")
NEEDED = ("authority", "framework", "version", "code", "title")
MOST_ENTRIES = 5000
LONGEST = 500


class NotAFramework(Exception):
    """The file cannot be read as a framework; `what` names the column or is `text`, `row` is the
    row in the file or None."""

    def __init__(self, what: str, row: int | None = None) -> None:
        super().__init__(what, row)
        self.what = what
        self.row = row


@dataclass(frozen=True)
class Entry:
    authority: str
    slug: str
    version: str
    framework: str
    framework_en: str | None
    kind: str
    whole: int | None
    code: str
    parent: str | None
    title: str
    title_en: str | None
    level: str | None
    source: str | None
    verification: str | None

    @property
    def framework_code(self) -> str:
        """Codes of different authorities and versions never meet: RCGP/capabilities/2025."""
        return f"{self.authority}/{self.slug}/{self.version}"


def seeded() -> list[Entry]:
    return entries(SEEDED.read_bytes())


def entries(content: bytes) -> list[Entry]:
    """A parent stands before its children.  Raises `NotAFramework`."""
    found = list(_entries(content))
    if not found:
        raise NotAFramework("text")
    return found


def _entries(content: bytes) -> Iterator[Entry]:
    reader = csv.DictReader(io.StringIO(_text(content)))
    for column in NEEDED:
        if column not in (reader.fieldnames or ()):
            raise NotAFramework(column)
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(reader, 2):
        if number > MOST_ENTRIES:
            raise NotAFramework("text", number)
        said = {key: (value or "").strip() for key, value in row.items() if isinstance(value, str)}
        if not any(said.values()):
            continue
        for column in NEEDED:
            if not said.get(column) or len(said[column]) > LONGEST or "/" in said["authority"]:
                raise NotAFramework(column, number)
        one = _entry(said)
        if one.kind not in KINDS or (one.framework_code, one.code) in seen:
            raise NotAFramework("kind" if one.kind not in KINDS else "code", number)
        if one.parent and (one.framework_code, one.parent) not in seen:
            raise NotAFramework("parent", number)
        seen.add((one.framework_code, one.code))
        yield one


def _entry(said: dict[str, str]) -> Entry:
    whole = said.get("whole", "")
    return Entry(
        authority=said["authority"],
        slug=said["framework"],
        version=said["version"],
        framework=said.get("framework_zh") or said["framework"],
        framework_en=said.get("framework_en") or None,
        kind=said.get("kind") or "competency",
        whole=int(whole) if whole.isdecimal() and len(whole) < 6 else None,
        code=said["code"],
        parent=said.get("parent") or None,
        title=said["title"],
        title_en=said.get("title_en") or None,
        level=said.get("level") or None,
        source=said.get("source") or None,
        verification=said.get("verification") or None,
    )


def _text(content: bytes) -> str:
    for name in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    raise NotAFramework("text")
