"""Keeping the mail address that a graduate agreed to be written to at."""

from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.careers.models import GraduateAddress
from trainingbase.careers.queries.addresses import address_for
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.history.actions import change
from trainingbase.people.models import Person
from trainingbase.stale import Stale


def withdraw(person_id: int, *, at: datetime) -> None:
    """By the link of a mail: they are not written to any more.  A second time changes nothing."""
    row = address_for(person_id)
    if not row.version:
        keep_address(person_id, "", version=None, by=None, at=at)
        row = address_for(person_id)
    elif row.address:
        hold(row)
        row.version += 1  # whoever has the form open is not to put it back unawares
        change("keep-graduate-address", row, {"address": "", "told_by": "link"}, by=None, at=at)
    else:
        return
    record("withdraw-graduate-consent", row, by=None, at=at)
    db.session.commit()


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
