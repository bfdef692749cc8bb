"""What the short names of sources stand for: E21 2.1 is item 2.1 of the source E21."""

import csv
import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from trainingbase import paths

_WORD = re.compile(r"[A-Z]+[0-9]*[a-z]?")


class Source(NamedTuple):
    key: str
    name: str
    name_en: str


@cache
def known() -> dict[str, Source]:
    with (paths.PACKAGE / "sources.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: Source(**row) for row in csv.DictReader(file)}


def named_in(texts: Iterable[str | None]) -> list[Source]:
    """The sources that the texts name, each once, in the order of the list."""
    words = {word for text in texts if text for word in _WORD.findall(text)}
    return [one for key, one in known().items() if key in words]
