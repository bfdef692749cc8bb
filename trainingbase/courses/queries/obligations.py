"""What a resident has promised, and what a change means for it.

What is promised stands where contracts and obligations are kept.  Whoever keeps them adds a
reader to `READERS`; without one, only what the trainee type itself says is known.
"""

from collections.abc import Callable
from datetime import date

from trainingbase.courses.rules.states import LEAVING
from trainingbase.enrolment.models import Resident

Reader = Callable[[Resident, str, date], list[dict]]
"""Takes the resident, the kind of change and its first day; each of its lines is
`{"code", "text", "text_en"}`."""

READERS: list[Reader] = []


def obligations_of(resident: Resident, kind: str, day: date) -> list[dict]:
    found = [line for read in READERS for line in read(resident, kind, day)]
    if resident.trainee_type == "rural" and kind in LEAVING:
        code = "rural-counts" if kind == "graduation" else "rural-breach"
        found.append({"code": code})
    return found
