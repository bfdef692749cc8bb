"""Leave, with what was decided about it."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.imports.keeping.days import begins, ends
from trainingbase.imports.keeping.roster import Residents
from trainingbase.imports.keeping.wanted import Wanted, Workbook
from trainingbase.imports.rules import LEAVE_WORDS
from trainingbase.people.models import Person

NEEDS: Sequence[str] = ("residents",)
REFUSED = re.compile("驳回|不同意|不批|拒绝|refused|rejected", re.IGNORECASE)
WAITING = re.compile("待|申请|未批|审批中|审核中|pending|requested", re.IGNORECASE)
GRANTED = re.compile("批准|同意|销假|通过|granted|approved|returned", re.IGNORECASE)


def decision(status: str | None) -> bool | None:
    """True, False, or None while nobody has decided; without a word it is taken as asked for."""
    if not status:
        return None
    if REFUSED.search(status):
        return False
    if WAITING.search(status):
        return None
    return True if GRANTED.search(status) else None


def keep(workbook: Workbook, *, by: Person | None, at: datetime) -> None:
    residents = Residents()
    # of several from one day, the one that stands comes last and is the one meant
    rows_kept = select(Leave).order_by(Leave.granted.is_not(False), Leave.id)
    known = {(one.resident_id, one.starts_on): one for one in db.session.scalars(rows_kept)}
    asked = [(wanted, residents.meant(wanted)) for wanted in workbook.of("leave")]
    rows = [(wanted, _key(wanted, one)) for wanted, one in asked if one is not None]
    standing = {key for wanted, key in rows if decision(wanted.record["status"]) is not False}
    for wanted, key in rows:
        kind = LEAVE_WORDS.get(wanted.record["kind"])
        if kind is None:
            wanted.refuse("kind", "leave_kind_unknown", name=wanted.record["kind"] or "")
            continue
        if key in standing and decision(wanted.record["status"]) is False:
            continue  # asked for again, and this time not refused
        if workbook.is_repeated(wanted, key, "start"):
            continue
        leave = known.get(key)
        if leave is None:
            _new(key[0], kind, wanted, at=at)
        else:
            _change(leave, kind, wanted, at=at)


def _key(wanted: Wanted, resident: Resident) -> tuple[int, date]:
    return resident.id, begins(wanted.record["start"])


def _new(resident_id: int, kind: str, wanted: Wanted, *, at: datetime) -> None:
    record, granted = wanted.record, decision(wanted.record["status"])
    wanted.made()
    db.session.add(
        Leave(
            resident_id=resident_id,
            kind=kind,
            starts_on=begins(record["start"]),
            ends_on=ends(record["end"]),
            reason=record["reason"],
            granted=granted,
            decided_at=None if granted is None else at,
            returned_on=begins(record["returned"]),
            note=record["note"],
        )
    )


def _change(leave: Leave, kind: str, wanted: Wanted, *, at: datetime) -> None:
    record, granted = wanted.record, decision(wanted.record["status"])
    values = {"kind": kind, "ends_on": ends(record["end"])}
    for key, name in (("reason", "reason"), ("note", "note")):
        if wanted.says(key):
            values[name] = record[key]
    if wanted.says("returned"):
        values["returned_on"] = begins(record["returned"])
    wanted.put(leave, values)
    # what was decided here since the workbook was written stays decided
    if granted is not None and granted != leave.granted:
        wanted.put(leave, {"granted": granted})
        leave.decided_at = at
