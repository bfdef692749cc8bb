"""Notes, with every change of a row that an indicator reads, which months it may concern."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import event, insert, inspect
from sqlalchemy.orm import Session

from trainingbase.assessments.models import Request, Submission
from trainingbase.attendance.models import ConfirmedDay, Mark, Month
from trainingbase.ballots.models import Batch
from trainingbase.db import Model
from trainingbase.enrolment.models import Credit, Leave, Resident
from trainingbase.enrolment.suspension import Suspension
from trainingbase.entering.models import Arrival
from trainingbase.incentives.models import Run
from trainingbase.leaving.models import Leaving, Left
from trainingbase.logbook.models import Appeal, Entry
from trainingbase.noting import note_changes
from trainingbase.quality.models import Touch
from trainingbase.rotations.models import Placement
from trainingbase.training.models import Activity, Attendance, Rating

DAYS, PLACEMENT, ACTIVITY, RESIDENT, ALL = "days", "placement", "activity", "resident", "all"


class Note(NamedTuple):
    """As a `Touch`."""

    what: str
    key: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


EVERYTHING = Note(ALL)


@dataclass(frozen=True)
class Watch:
    """What a row's change concerns: `what`, by the column `key`, and the days of the columns
    `within`, as they are and as they were.  With `only`, none but a change of that column."""

    what: str
    key: str | None = None
    within: tuple[str, ...] = ()
    only: str | None = None

    def note(self, row: Model) -> Note | None:
        if self.only is not None and not _was(row, self.only):
            return None
        key = getattr(row, self.key) if self.key is not None else None
        known = [day for name in self.within for day in (getattr(row, name), *_was(row, name))]
        days = [day for day in known if day is not None]
        if not days:
            return Note(self.what, key)
        return Note(self.what, key, min(days), max(days) + timedelta(days=1))

    @property
    def columns(self) -> tuple[str, ...]:
        """Whose value before has to be known."""
        return (*self.within, *([self.only] if self.only else []))


def _was(row: Model, name: str) -> Sequence:
    return inspect(row).attrs[name].history.deleted or ()


def _days(*names: str) -> Watch:
    return Watch(DAYS, within=names)


WATCHED: dict[type[Model], Watch] = {
    Activity: Watch(ACTIVITY, "id", ("held_on",)),
    Appeal: Watch(PLACEMENT, "placement_id"),
    Arrival: Watch(PLACEMENT, "placement_id"),
    Attendance: Watch(ACTIVITY, "activity_id"),
    Batch: _days("first_on", "ends_on"),
    ConfirmedDay: _days("day_on"),
    Credit: Watch(RESIDENT, "resident_id"),
    Entry: Watch(PLACEMENT, "placement_id"),
    Leave: Watch(RESIDENT, "resident_id", ("starts_on", "ends_on")),
    Leaving: Watch(PLACEMENT, "placement_id"),
    Left: Watch(PLACEMENT, "placement_id"),
    Mark: _days("day_on"),
    Month: _days("month_on"),
    Placement: Watch(PLACEMENT, "id", ("starts_on", "ends_on")),
    Rating: Watch(ACTIVITY, "activity_id"),
    Request: _days("asked_on"),
    Resident: Watch(ALL, only="cohort_id"),
    Run: _days("month_on"),
    Submission: _days("observed_on"),
    Suspension: Watch(RESIDENT, "resident_id", ("starts_on", "ends_on")),
}
"""Rows that say their months.  Another version of a row says both the days it has and had."""

RULES = frozenset(
    {
        "activity_departments", "activity_frequencies", "activity_kinds", "attendance_choices",
        "calendar_exceptions", "certificates", "closures", "days_off", "department_standards",
        "departments", "faculty_members", "institutions", "place_changes", "posts",
        "programme_minimums", "requirements", "site_agreements", "standard_departments",
        "thresholds",
    }
)  # fmt: skip
"""Tables that say how is counted, or of what there is: they may change any month."""

COME_WITH = frozenset(
    {"answers", "ballot_subjects", "career_choices", "cohorts", "comment_marks", "employments",
     "exam_results", "incentive_lines", "instrument_items", "instruments", "intakes", "people"}
)  # fmt: skip
"""Read too, but not watched: what only yearly indicators read, which are always counted whole;
what is never changed, and comes with a row that is watched."""


def _notes(_session: Session, row: Any) -> Iterator[Note]:
    known = WATCHED.get(type(row))
    note = EVERYTHING if known is None else known.note(row)
    if note is not None:
        yield note


def _load(_row, _value, _before, _how) -> None:
    """Asking for the value before is what matters."""


for _model, _watched in WATCHED.items():
    for _name in _watched.columns:
        event.listen(getattr(_model, _name), "set", _load, active_history=True)


note_changes(
    Touch.__table__,  # type: ignore[arg-type]
    tables={one.__tablename__ for one in WATCHED} | RULES,
    of_row=_notes,
    of_statement=lambda _statement: insert(Touch).values(EVERYTHING._asdict()),
)
