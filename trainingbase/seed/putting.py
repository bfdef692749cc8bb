"""Many rows at once, without records."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from trainingbase.db import Model, db

AT_ONCE = 20_000


def put(
    model: type[Model], rows: Iterable[Mapping], say: Callable[[str], None] | None = None
) -> int:
    """How many were put in; committed batch by batch, said with each.  Every row has the columns
    of the first one."""
    table: Table = model.__table__
    number, left = 0, iter(rows)
    while batch := list(islice(left, AT_ONCE)):
        _write(db.session.connection(), table, batch)
        db.session.commit()
        number += len(batch)
        if say is not None:
            say(f"  {number:,} {table.name}")
    return number


def _write(connection: Connection, table: Table, batch: Sequence[Mapping]) -> None:
    """By COPY where there is one, which PostgreSQL reads several times as fast as rows that are
    inserted; else by one statement for all.  What the model gives of itself is given here too."""
    given = {column.name: column for column in table.columns if column.name in batch[0]}
    usual = {
        column.name: column.default.arg
        for column in table.columns
        if column.name not in given and isinstance(column.default, ScalarElementColumnDefault)
    }
    columns = [*given.values(), *(table.columns[name] for name in usual)]
    bound = [_bound(column, connection) for column in columns]
    more = tuple(usual.values())
    rows = (
        [
            value if bind is None else bind(value)
            for bind, value in zip(bound, (*(row[name] for name in given), *more), strict=True)
        ]
        for row in batch
    )
    names = ", ".join(connection.dialect.identifier_preparer.format_column(one) for one in columns)
    into = connection.dialect.identifier_preparer.format_table(table)
    cursor = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        with cursor.copy(f"COPY {into} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join("?" for _one in columns)
        cursor.executemany(f"INSERT INTO {into} ({names}) VALUES ({marks})", rows)  # noqa: S608 (names of tables)


def _bound(column: Column, connection: Connection) -> Callable[[Any], Any] | None:
    """How the column's type writes a value for the driver."""
    return column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
