"""One person of two: whatever refers to the one refers to the other, until it is undone."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Table, TypeDecorator, and_, delete, insert, select, tuple_, update
from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.history.actions import note
from trainingbase.identities import queries
from trainingbase.identities.models import Merge, MergeStep
from trainingbase.people.models import Person
from trainingbase.roles import OVERSEERS

MAY_GO = {"grants", "ballots"}
"""A row of these that the kept person has as well is taken out: it says the same twice."""
MAY_STAY = {"accounts"}
"""A row of these stays with the person who goes, and is closed."""
AT_ONCE = 500


class CannotMerge(Exception):
    """Both have what one person can have once: `tables` says what."""

    def __init__(self, tables: Sequence[str]):
        super().__init__(tables)
        self.tables = tuple(tables)


class CannotUndo(Exception):
    """The merge was undone already, or one of the two has been merged again since."""


def merge(kept: Person, gone: Person, *, why: str, by: Person, at: datetime) -> Merge:
    """Raises `CannotMerge`; then nothing was changed."""
    for person in sorted((kept, gone), key=lambda one: one.id):
        hold(person, "merged_at")
    if kept.id == gone.id or kept.merged_at is not None or gone.merged_at is not None:
        db.session.rollback()
        raise CannotMerge(("people",))
    if (gone.roles - kept.roles).intersection(OVERSEERS):
        db.session.rollback()
        raise CannotMerge(("grants",))
    merged = Merge(kept_id=kept.id, gone_id=gone.id, why=why, merged_at=at, merged_by_id=by.id)
    db.session.add(merged)
    db.session.flush()
    conflicts = []
    for table, column in queries.references():
        both = _in_both(table, column, kept, gone)
        if both and table.name in MAY_GO:
            _take_out(merged, table, both)
        elif both and table.name in MAY_STAY:
            _close(merged, table, both, at)
            continue
        elif both:
            conflicts.append(table.name)
            continue
        _hand_over(merged, table, column, kept, gone)
    if conflicts:
        db.session.rollback()
        raise CannotMerge(sorted(set(conflicts)))
    gone.merged_at = at
    note(kept, {"merged": (None, gone.name)}, by=by, at=at, why=why)
    record("merge-people", merged, by=by, at=at, kept=kept.id, gone=gone.id)
    _save(CannotMerge(("people",)))
    return merged


def undo(merged: Merge, *, by: Person, at: datetime) -> None:
    """Put back what was moved, as far as nobody has changed it since.  Raises `CannotUndo`."""
    hold(merged, "undone_at")
    again = merged.kept.merged_at is not None or merged.gone.merged_at != merged.merged_at
    if merged.undone_at is not None or again:
        db.session.rollback()
        raise CannotUndo
    tables = {table.name: table for table, _column in queries.references()}
    for step in reversed(merged.steps):
        table = tables[step.table]
        if not step.column:
            _put_in_again(table, step.row["rows"])
        else:
            _put_back(table, table.c[step.column], step.row, merged)
    merged.gone.merged_at = None
    merged.undone_at, merged.undone_by_id = at, by.id
    note(merged.kept, {"merged": (merged.gone.name, None)}, by=by, at=at)
    record("undo-merge", merged, by=by, at=at, kept=merged.kept_id, gone=merged.gone_id)
    _save(CannotUndo())


def _save(refusal: Exception) -> None:
    try:
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise refusal from error
    db.session.expire_all()


def _in_both(table: Table, column: Column, kept: Person, gone: Person) -> list[dict[str, Any]]:
    """The rows of the one who goes that the kept person has as well."""
    found = []
    for columns in queries.unique_with(table, column):
        others = [one for one in columns if one is not column]
        held = {
            tuple(row)
            for row in db.session.execute(select(*others, column).where(column == kept.id)).all()
        }
        for row in db.session.execute(select(table).where(column == gone.id)).mappings():
            if (*(row[one.name] for one in others), kept.id) in held and dict(row) not in found:
                found.append(dict(row))
    return found


def _hand_over(merged: Merge, table: Table, column: Column, kept: Person, gone: Person) -> None:
    """Every row of the one who goes; `keys` are those the rows have afterwards."""
    keys = [
        [
            kept.id if own is column else value
            for own, value in zip(table.primary_key, row, strict=True)
        ]
        for row in db.session.execute(select(*table.primary_key).where(column == gone.id))
    ]
    if not keys:
        return
    db.session.execute(update(table).where(column == gone.id).values({column.name: kept.id}))
    row = {"keys": keys, "old": gone.id}
    merged.steps.append(MergeStep(table=table.name, column=column.name, row=row))
    db.session.flush()


def _take_out(merged: Merge, table: Table, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        db.session.execute(delete(table).where(_is(table, row)))
    kept = [{name: _plain(value) for name, value in row.items()} for row in rows]
    merged.steps.append(MergeStep(table=table.name, column="", row={"rows": kept}))
    db.session.flush()


def _close(merged: Merge, table: Table, rows: list[dict[str, Any]], at: datetime) -> None:
    column = table.c.disabled_at
    for row in rows:
        keys = [[row[one.name] for one in table.primary_key]]
        if row["disabled_at"] is None:
            db.session.execute(update(table).where(_is(table, row)).values(disabled_at=at))
            step = MergeStep(table=table.name, column=column.name, row={"keys": keys, "old": None})
            merged.steps.append(step)
    db.session.flush()


def _put_back(table: Table, column: Column, row: dict[str, Any], merged: Merge) -> None:
    old = row["old"]
    for start in range(0, len(row["keys"]), AT_ONCE):
        keys = [tuple(key) for key in row["keys"][start : start + AT_ONCE]]
        still = tuple_(*table.primary_key).in_(keys)
        if old is not None:
            still = and_(still, column == merged.kept_id)
        db.session.execute(update(table).where(still).values({column.name: old}))


def _put_in_again(table: Table, rows: list[dict[str, Any]]) -> None:
    """With a new number: its own may be another's by now, and nothing refers to it."""
    for row in rows:
        values = {name: _typed(table.c[name], value) for name, value in row.items() if name != "id"}
        db.session.execute(insert(table).values(values))


def _is(table: Table, row: dict[str, Any]):
    return and_(*(one == row[one.name] for one in table.primary_key))


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _typed(column: Column, value: Any) -> Any:
    """As the column takes it again from JSON."""
    own = column.type
    kind = (own.impl_instance if isinstance(own, TypeDecorator) else own).python_type
    if value is not None and issubclass(kind, date):
        return kind.fromisoformat(value)
    return value
