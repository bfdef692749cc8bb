"""What a record was before."""

from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from trainingbase.audit.actions import identity
from trainingbase.history.models import Change


def changes_of(*rows: Any) -> Select[tuple[Change]]:
    """Newest first, of one record or of several that belong together.

    Whether the viewer may see the records is the caller's to know.
    """
    of_rows = [
        (Change.subject == row.__tablename__) & (Change.subject_id == identity(row)) for row in rows
    ]
    return (
        select(Change)
        .where(or_(*of_rows))
        .options(joinedload(Change.by))
        .order_by(Change.id.desc())
    )
