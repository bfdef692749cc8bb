"""What a short name in a plan or an activity list stands for."""

from __future__ import annotations

import re

from trainingbase.sheets import standards as builtin
from trainingbase.sheets.cells import comparable
from trainingbase.sheets.known import Department, Known, Place

HALVES = " || "


def find_place(known: Known, text: str) -> tuple[str, str | None] | None:
    """The place's key and what had to be corrected to find it; None where nobody knows it.

    ``A/B`` is the first and the second half of the month. With neither legend nor departments
    known the text stands for itself.
    """
    found = one_place(known, text)
    if found is not None:
        return found
    pieces = [piece.strip() for piece in re.split(r"[/／]|\|\|?", text)]
    if len(pieces) == 2 and all(pieces):
        halves = [half for piece in pieces if (half := one_place(known, piece))]
        if len(halves) == 2:
            categories = [category for _, category in halves if category]
            return HALVES.join(key for key, _ in halves), next(iter(categories), None)
    if known.legend is None and known.departments is None:
        return text, None
    return None


def one_place(known: Known, text: str) -> tuple[str, str | None] | None:
    for place in reversed(known.legend or ()):
        if comparable(place.short) == comparable(text):
            return place.key, difference(text, place.short)
    if builtin.is_not_rotation(text):
        return Place(text).key, None
    department = department_named(known, text)
    if department is None:
        return None
    standard = department.standards[0] if len(department.standards) == 1 else None
    if standard is None and department.standards:
        return None  # which of its standard departments is meant only a legend tells
    return Place(text, standard, department.institution, department.name).key, None


def department_named(known: Known, text: str) -> Department | None:
    """The one department of that name, with or without its institution before it."""
    wanted = comparable(text)
    found = [
        one
        for one in known.departments or ()
        if wanted in (comparable(one.name), comparable(f"{one.institution}{one.name}"))
    ]
    return found[0] if len(found) == 1 else None


def difference(written: str, right: str) -> str | None:
    """What makes a text differ from the name it means."""
    if written == right:
        return None
    dashes = str.maketrans(dict.fromkeys("‐‑‒–—―─−－_", "-"))
    one, other = written.translate(dashes), right.translate(dashes)
    one, other = re.sub("-+", "-", one), re.sub("-+", "-", other)
    if one == other:
        return "dash_variant"
    if re.sub(r"\s+", "", one) == re.sub(r"\s+", "", other):
        return "trimmed" if one.translate(dashes) == written else "dash_variant"
    return "fullwidth"
