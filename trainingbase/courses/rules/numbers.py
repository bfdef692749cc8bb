"""Certificate numbers as they are pasted: a name or ID number, and the number.  Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SEPARATOR = re.compile(r"[\t,，;；|]+|\s{1,}")


@dataclass(frozen=True)
class Holder:
    id: int
    name: str
    id_number: str


@dataclass(frozen=True)
class Fault:
    """`because`: unreadable, unknown, ambiguous, twice."""

    line: int
    text: str
    because: str


def pasted(text: str, holders: Sequence[Holder]) -> tuple[dict[int, str], list[Fault]]:
    """The numbers by resident id, and the lines that could not be used.

    A name counts where exactly one of the `holders` has it; the ID number always does.
    """
    found: dict[int, str] = {}
    faults: list[Fault] = []
    for line, row in enumerate(text.splitlines(), 1):
        parts = [part.strip('"“”\ufeff ') for part in SEPARATOR.split(row.strip())]
        parts = [part for part in parts if part]
        if not parts:
            continue
        if len(parts) < 2:
            faults.append(Fault(line, row.strip(), "unreadable"))
            continue
        meant = _meant(parts[:-1], holders)
        if len(meant) != 1:
            if line == 1 and not any(character.isdigit() for character in row):
                continue  # a header
            faults.append(Fault(line, row.strip(), "ambiguous" if meant else "unknown"))
        elif meant[0] in found:
            faults.append(Fault(line, row.strip(), "twice"))
        else:
            found[meant[0]] = parts[-1]
    return found, faults


def _meant(parts: Iterable[str], holders: Sequence[Holder]) -> list[int]:
    parts = list(parts)
    by_number = [one.id for one in holders if one.id_number in {part.upper() for part in parts}]
    return by_number or [
        one.id for one in holders if one.name in parts or one.name == " ".join(parts)
    ]
