"""Noting, in the transaction of a change, what the change concerns.

It watches the session and not the actions, so that no action, of whichever feature, can forget to
say so, and whoever sees the change sees the note.  What writes past the session is left: filling
an empty base, and migrations.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from sqlalchemy import Delete, Executable, Insert, Table, Update, event, insert
from sqlalchemy.orm import ORMExecuteState, Session

Statement = Insert | Update | Delete


def note_changes(
    notes: Table,
    *,
    tables: Collection[str],
    of_row: Callable[[Session, Any], Iterable[Any]],
    of_statement: Callable[[Statement], Executable],
) -> None:
    """Of every changed row of `tables`, `of_row` gives named tuples for `notes` (each once in a
    flush).  A statement that changes rows without loading them, of a model or of its table alike,
    does not say which: `of_statement` gives what is done before it."""

    @event.listens_for(Session, "after_flush")
    def rows(session: Session, _context) -> None:
        changed = [one for one in session.dirty if session.is_modified(one)]
        met = (*session.new, *changed, *session.deleted)
        watched = [one for one in met if one.__tablename__ in tables]
        found = dict.fromkeys(note for one in watched for note in of_row(session, one))
        if found:
            said: list[dict[str, Any]] = [one._asdict() for one in found]
            session.connection().execute(insert(notes), said)

    @event.listens_for(Session, "do_orm_execute")
    def statements(asked: ORMExecuteState) -> None:
        statement = asked.statement
        if isinstance(statement, Statement) and getattr(statement.table, "name", "") in tables:
            asked.session.connection().execute(of_statement(statement))
