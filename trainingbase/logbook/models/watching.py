"""Notes whose figures of completion change, in the transaction that changes what is under them.

It watches the session and not the actions, so that no action, of whichever feature, can forget to
say so.  What writes past the session is left: filling an empty base, and migrations.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Delete, Insert, Select, Update, event, insert, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session

from trainingbase.enrolment.models import Credit, Leave, Resident
from trainingbase.logbook.models.appeal import Appeal
from trainingbase.logbook.models.entry import Entry
from trainingbase.logbook.models.kept import CompletionChange
from trainingbase.programmes.models import Minimum, Requirement
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.models import Threshold
from trainingbase.training.models import Activity, Attendance

OF_A_RESIDENT = (Entry, Appeal, Placement, Credit, Leave, Attendance)
OF_A_PROGRAMME = (Minimum, Requirement)
EVERYBODY = select(Resident.id)
WATCHED = {
    one.__table__ for one in (*OF_A_RESIDENT, *OF_A_PROGRAMME, Resident, Activity, Threshold)
}


@event.listens_for(Session, "after_flush")
def _note_records(session: Session, _context) -> None:
    changed = [row for row in session.dirty if session.is_modified(row)]
    ids: set[int] = set()
    for row in (*session.new, *changed, *session.deleted):
        ids.update(_whose(session, row))
    if ids:
        rows = [{"resident_id": one} for one in sorted(ids)]
        session.connection().execute(insert(CompletionChange), rows)


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


@event.listens_for(Session, "do_orm_execute")
def _note_statements(state: ORMExecuteState) -> None:
    """Of many rows at once: those it is about to change, or everybody where that cannot be said."""
    statement = state.statement
    if isinstance(statement, Insert | Update | Delete) and statement.table in WATCHED:
        whose = insert(CompletionChange).from_select(["resident_id"], _reached(statement))
        state.session.connection().execute(whose)


def _reached(statement: Insert | Update | Delete) -> Select:
    table: Any = statement.table
    if isinstance(statement, Insert) or "resident_id" not in table.c:
        return EVERYBODY
    if isinstance(statement, Update) and "resident_id" in statement.compile().params:
        return EVERYBODY
    those = select(table.c.resident_id).distinct()
    return those if statement.whereclause is None else those.where(statement.whereclause)
