"""Keeping the mail address that a graduate agreed to be written to at."""

from datetime import datetime

from trainingbase.careers.models import GraduateAddress
from trainingbase.careers.queries.addresses import address_for
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.history.actions import change
from trainingbase.people.models import Person
from trainingbase.stale import Stale


def keep_address(
    person_id: int, address: str, *, version: int | None, by: Person | None, at: datetime
) -> None:
    """Empty: they took their consent back.  Without `by` they typed it themselves.  The caller
    commits.  Raises `Stale`."""
    row = address_for(person_id)
    told = {"consented_on": at.astimezone(LOCAL).date(), "told_by": "office" if by else "link"}
    if not row.version:
        if version:
            raise Stale(row)
        row = GraduateAddress(
            person_id=person_id, address="", entered_at=at,
            entered_by_id=by.id if by else None, **told,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
    elif by is not None:
        row.expect(version)
    row.entered_at, row.entered_by_id = at, by.id if by else None
    change("keep-graduate-address", row, {"address": address, **told}, by=by, at=at)
