"""A resident logs work, takes it back, or corrects it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.audit.key import secret
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.logbook.models import MOST_A_DAY, Entry, Kind
from trainingbase.logbook.queries.entries import by_key, claimed_elsewhere, counted_that_day
from trainingbase.logbook.queries.kinds import is_retired, kind_named, specs_of
from trainingbase.logbook.rules.identity import identity_in
from trainingbase.logbook.rules.kinds import BadValue, judged
from trainingbase.logbook.rules.reference import sealed
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.queries import whole


class NotLogged(Exception):
    """Nothing was kept; `index` says which of several pieces of work was refused."""

    index = 0


class OutsideStay(NotLogged):
    """The day is not within the stay in the department, or has not come yet."""


class TooLate(NotLogged):
    """The stay ended longer ago than entries are taken."""


class AlreadyClaimed(NotLogged):
    """This resident has logged the same item with the same number before, or a correction of the
    same entry waits already."""


class AlreadyCounted(NotLogged):
    """The count of this day was confirmed: it is corrected."""


class Retired(NotLogged):
    """The base logs this kind of work no more."""


class TooMany(NotLogged):
    """More than the kind takes of one day, or less than one; `most` is how many."""

    def __init__(self, most: int):
        super().__init__(most)
        self.most = most


class BadValues(NotLogged):
    """Values the fields of the kind do not take."""

    def __init__(self, faults: list[BadValue]):
        super().__init__(faults)
        self.faults = faults


class TellsWho(NotLogged):
    """The text gives away who a patient is; `said` is the piece."""

    def __init__(self, field: str, said: str):
        super().__init__(field)
        self.field, self.said = field, said


@dataclass(frozen=True)
class Work:
    """What is logged, as it was typed."""

    category: str
    item: str
    done_on: date
    level: str | None = None
    number: str | None = None
    note: str | None = None
    count: int = 1
    details: Mapping[str, Any] = field(default_factory=dict)
    teacher_id: int | None = None


def log(placement: Placement, work: Work, *, key: str, by: Person, at: datetime) -> Entry:
    """One entry; sent twice with one `key` it is one.  Raises `NotLogged`."""
    return log_all([(placement, work)], keys=[key], by=by, at=at)[0]


def log_all(
    works: Sequence[tuple[Placement, Work]], *, keys: Sequence[str], by: Person, at: datetime
) -> list[Entry]:
    """All of them or, when one is refused, none.  Raises `NotLogged`."""
    entries, made = [], []
    for index, ((placement, work), key) in enumerate(zip(works, keys, strict=True)):
        entry = by_key(key)
        if entry is None:
            try:
                entry = _added(_entry(placement, work, key=key, at=at))
            except NotLogged as refused:
                refused.index = index
                db.session.rollback()
                raise
            made.append(entry)
        entries.append(entry)
    if made:
        record("log-work", made[0], by=by, at=at, entries=len(made))
    db.session.commit()
    return entries


def correct(entry: Entry, work: Work, *, key: str, by: Person, at: datetime) -> Entry:
    """An entry beside a confirmed one, which takes its place once it is confirmed itself.

    Raises `NotLogged`, but is not held to the time after leaving.
    """
    known = by_key(key)
    if known is not None:
        return known
    entry = _meant(entry)
    beside = _entry(entry.placement, work, key=key, at=at, corrected=entry)
    beside.corrects_id = entry.id
    _added(beside)
    record("correct-log", beside, by=by, at=at)
    db.session.commit()
    return beside


def _meant(entry: Entry) -> Entry:
    """What a correction that was returned was to correct: both would count beside each other."""
    while entry.confirmed is False and entry.corrects_id is not None:
        entry = db.session.get_one(Entry, entry.corrects_id)
    return entry


def withdraw(entry: Entry, *, by: Person, at: datetime) -> None:
    """Raises `AlreadyDecided`."""
    hold(entry, "confirmed", "withdrawn_at")
    entry.withdraw(at)
    record("withdraw-log", entry, by=by, at=at)
    db.session.commit()


def _entry(
    placement: Placement, work: Work, *, key: str, at: datetime, corrected: Entry | None = None
) -> Entry:
    """A correction is taken however late, but claims no case and no day that another entry has:
    the indexes of the table know only of what corrects nothing."""
    today = at.astimezone(LOCAL).date()
    if not placement.starts_on <= work.done_on < placement.ends_on or work.done_on > today:
        raise OutsideStay
    if corrected is None and placement.ends_on + timedelta(days=whole("log_days_after")) <= today:
        raise TooLate
    kind = kind_named(work.category, work.item)
    if kind is None and corrected is None and is_retired(work.category, work.item):
        raise Retired
    details = _details(kind, work)
    _refuse_identity(work, details)
    besides = corrected.id if corrected is not None else None
    if kind is not None and kind.by_day:
        _make_room(placement, work, besides=besides, at=at)
    elif work.number:
        hold(placement, "version")
    made = Entry(
        resident_id=placement.resident_id,
        placement_id=placement.id,
        category=work.category,
        item=work.item,
        level=work.level,
        done_on=work.done_on,
        reference=sealed(work.number, secret=secret()),
        note=work.note or None,
        count=work.count,
        details=details or None,
        teacher_id=work.teacher_id if work.teacher_id != placement.supervisor_id else None,
        entered_at=at,
        entry_key=key,
    )
    if claimed_elsewhere(made, except_id=besides):
        raise AlreadyClaimed
    return made


def _details(kind: Kind | None, work: Work) -> dict[str, Any]:
    """The values of the fields of the kind.  Raises `BadValues`, `TooMany`."""
    most = (kind.most or MOST_A_DAY) if kind is not None and kind.by_day else 1
    if not 1 <= work.count <= most:
        raise TooMany(most)
    if kind is None:
        return {}
    details, faults = judged(specs_of(kind), work.details)
    if faults:
        raise BadValues(faults)
    return details


def _refuse_identity(work: Work, details: Mapping[str, Any]) -> None:
    texts = {f"v_{code}": text for code, text in details.items() if isinstance(text, str)}
    for name, text in {"note": work.note, "item": work.item, **texts}.items():
        if (said := identity_in(text)) is not None:
            raise TellsWho(name, said)


def _make_room(placement: Placement, work: Work, *, besides: int | None, at: datetime) -> None:
    """A count of a day takes the place of the one that still waits, but for the one it corrects.
    Raises `AlreadyCounted`."""
    hold(placement, "version")
    for former in counted_that_day(placement.id, work.item, work.done_on):
        if former.id == besides or (besides is not None and former.corrects_id == besides):
            continue
        if not former.is_waiting:
            raise AlreadyCounted
        former.withdraw(at)
    db.session.flush()


def _added(entry: Entry) -> Entry:
    db.session.add(entry)
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise AlreadyClaimed from error
    return entry
