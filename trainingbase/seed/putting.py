"""Many rows at once, without records."""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from sqlalchemy import Table, insert

from trainingbase.db import Model, db

AT_ONCE = 20_000


def put(
    model: type[Model], rows: Iterable[Mapping], say: Callable[[str], None] | None = None
) -> int:
    """How many were put in; committed batch by batch, said with each."""
    table: Table = model.__table__
    number, left = 0, iter(rows)
    while batch := list(islice(left, AT_ONCE)):
        db.session.connection().execute(insert(table), batch)
        db.session.commit()
        number += len(batch)
        if say is not None:
            say(f"  {number:,} {table.name}")
    return number
