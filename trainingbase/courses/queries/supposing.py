"""What a proposed change would do to a resident's record, before it is done."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from trainingbase.courses.models import Course
from trainingbase.courses.rules.states import LEAVING
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.programmes.models import Programme


@dataclass(frozen=True)
class Supposed:
    """`fields` of the resident as they would be.  `leaves`: no longer in training from `from_on`
    on; `until_on`: the exclusive end of a suspension; `releases`: placements in that time go;
    `programme`: the one they would follow."""

    from_on: date
    until_on: date | None
    leaves: bool
    releases: bool
    fields: dict[str, Any]
    programme: Programme | None = None


def supposed(course: Course, resident: Resident) -> Supposed:
    kind = course.kind
    cohort: Cohort | None = course.cohort if kind == "change_programme" else None
    return Supposed(
        from_on=course.starts_on,
        until_on=course.ends_on if kind == "suspension" else None,
        leaves=kind in LEAVING,
        releases=kind in (*LEAVING, "suspension", "change_programme"),
        fields=_fields(course, cohort),
        programme=cohort.programme if cohort is not None else None,
    )


def _fields(course: Course, cohort: Cohort | None) -> dict[str, Any]:
    if course.kind in ("withdrawal", "transfer_out"):
        return {"withdrawn_on": course.starts_on}
    if course.kind == "graduation":
        return {"finished_on": course.last_day}
    if course.kind == "certificate":
        return {"certificate_number": course.certificate_number}
    found: dict[str, Any] = {}
    if course.kind == "extension" or (course.kind != "suspension" and course.ends_on is not None):
        found["ends_on"] = course.ends_on
    if cohort is not None:
        found |= {"cohort": cohort, "programme": cohort.programme}
    return found
