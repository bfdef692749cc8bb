"""The trail's length and last seal, noted from time to time in a file outside the database: who
cuts the trail and its head back to an earlier state cannot cut the file with the same statement."""

import os
from pathlib import Path

from trainingbase import paths

Anchor = tuple[int, str]


def file() -> Path:
    return paths.instance() / "audit-anchors"


def anchors() -> list[Anchor]:
    """Number and seal of an entry, oldest first."""
    if not file().exists():
        return []
    lines = (line.split() for line in file().read_text().splitlines())
    return [(int(line[0]), line[1]) for line in lines if len(line) == 2]


def drop(anchor: Anchor | None) -> None:
    """Note where the trail ends, unless that is noted already."""
    if anchor is None or anchor in anchors()[-1:]:
        return
    with open(paths.private(file()), "a") as out:
        out.write(f"{anchor[0]} {anchor[1]}\n")
        out.flush()
        os.fsync(out.fileno())
