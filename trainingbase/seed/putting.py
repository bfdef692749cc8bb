"""Many rows at once, without records."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, insert
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from trainingbase.db import Model, db

AT_ONCE = 20_000


def put(
    model: type[Model], rows: Iterable[Mapping], say: Callable[[str], None] | None = None
) -> int:
    """How many were put in; committed batch by batch, said with each."""
    table: Table = model.__table__
    number, left = 0, iter(rows)
    while batch := list(islice(left, AT_ONCE)):
        connection = db.session.connection()
        if connection.dialect.name == "postgresql":
            _copy(connection, table, batch)
        else:
            connection.execute(insert(table), batch)
        db.session.commit()
        number += len(batch)
        if say is not None:
            say(f"  {number:,} {table.name}")
    return number


def _copy(connection: Connection, table: Table, batch: Sequence[Mapping]) -> None:
    """By COPY, which PostgreSQL reads several times as fast as rows that are inserted.  Every row
    has the columns of the first one; what the model gives of itself is given here too."""
    given = {column.name: column for column in table.columns if column.name in batch[0]}
    usual = {
        column.name: column.default.arg
        for column in table.columns
        if column.name not in given and isinstance(column.default, ScalarElementColumnDefault)
    }
    columns = [*given.values(), *(table.columns[name] for name in usual)]
    bound = [_bound(column, connection) for column in columns]
    names = ", ".join(connection.dialect.identifier_preparer.format_column(one) for one in columns)
    into = connection.dialect.identifier_preparer.format_table(table)
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY {into} ({names}) FROM STDIN") as copy:
        for row in batch:
            values = [row[name] for name in given] + list(usual.values())
            copy.write_row([bind(one) for bind, one in zip(bound, values, strict=True)])


def _bound(column: Column, connection: Connection) -> Callable[[Any], Any]:
    """How the column's type writes a value for the driver."""
    kind = column.type.dialect_impl(connection.dialect)
    return kind.bind_processor(connection.dialect) or (lambda value: value)
