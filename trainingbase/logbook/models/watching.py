"""Notes whose figures of completion change, in the transaction that changes what is under them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Insert, Select, Update, insert, inspect, select
from sqlalchemy.orm import Session

from trainingbase.enrolment.models import Credit, Leave, Resident
from trainingbase.logbook.models.appeal import Appeal
from trainingbase.logbook.models.entry import Entry
from trainingbase.logbook.models.kept import CompletionChange
from trainingbase.noting import Statement, note_changes
from trainingbase.programmes.models import Minimum, Requirement
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.models import Threshold
from trainingbase.training.models import Activity, Attendance

OF_A_RESIDENT = (Entry, Appeal, Placement, Credit, Leave, Attendance)
OF_A_PROGRAMME = (Minimum, Requirement)
EVERYBODY = select(Resident.id)
WATCHED = {
    one.__tablename__ for one in (*OF_A_RESIDENT, *OF_A_PROGRAMME, Resident, Activity, Threshold)
}


class Whose(NamedTuple):
    """As a `CompletionChange`."""

    resident_id: int


def _notes(session: Session, row: Any) -> Iterator[Whose]:
    return map(Whose, _whose(session, row))


def _whose(session: Session, row: Any) -> Iterator[int]:
    """The residents whose figures rest on a record, before and after its change."""
    state: Any = inspect(row)
    if isinstance(row, OF_A_RESIDENT):
        yield row.resident_id
        yield from state.attrs.resident_id.history.deleted or ()
    elif isinstance(row, Resident):
        yield row.id
    elif isinstance(row, Activity):
        came = select(Attendance.resident_id).where(Attendance.activity_id == row.id)
        yield from session.connection().scalars(came)
        yield from (one.id for one in state.attrs.residents.history.deleted or ())
    elif isinstance(row, OF_A_PROGRAMME):
        theirs = EVERYBODY.where(Resident.programme_id == row.programme_id)
        yield from session.connection().scalars(theirs)
    elif isinstance(row, Threshold) and row.key == "completion_leave_days":
        yield from session.connection().scalars(EVERYBODY)


def _reached(statement: Statement) -> Insert:
    """Those it is about to change, or everybody where that cannot be said."""
    return insert(CompletionChange).from_select(["resident_id"], _residents(statement))


def _residents(statement: Statement) -> Select:
    table: Any = statement.table
    if isinstance(statement, Insert) or "resident_id" not in table.c:
        return EVERYBODY
    if isinstance(statement, Update) and "resident_id" in statement.compile().params:
        return EVERYBODY
    those = select(table.c.resident_id).distinct()
    return those if statement.whereclause is None else those.where(statement.whereclause)


note_changes(
    CompletionChange.__table__,  # type: ignore[arg-type]
    tables=WATCHED,
    of_row=_notes,
    of_statement=_reached,
)
