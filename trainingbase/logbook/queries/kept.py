"""Sums of completion for tables of many residents: as they were kept, while nothing has changed;
else, and where nothing is kept, reckoned now by the one function."""

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.logbook.models import CompletionChange, KeptCompletion
from trainingbase.logbook.queries.completion import sums_of
from trainingbase.logbook.rules.stays import Sum, total_of
from trainingbase.prepared import prepared

ByDepartment = dict[int, Sum]

CHANGED = exists().where(CompletionChange.resident_id == KeptCompletion.resident_id)


def known_wholes(resident_ids: Iterable[int]) -> dict[int, Sum]:
    """By resident, of everything that is asked."""
    ids = list(resident_ids)
    rows = db.session.execute(*_wholes(ids))
    found = {resident: Sum(*sums) for resident, *sums in rows}
    left = [one for one in ids if one not in found]
    return found | {one: total_of(sums.values()) for one, sums in _reckoned(left).items()}


@prepared
def _wholes(resident_ids: list):
    return select(
        KeptCompletion.resident_id,
        KeptCompletion.counted,
        KeptCompletion.target,
        KeptCompletion.waiting,
    ).where(KeptCompletion.resident_id.in_(resident_ids), ~CHANGED)


def known_sums(resident_ids: Iterable[int]) -> dict[int, ByDepartment]:
    """By resident and standard department."""
    ids = list(resident_ids)
    found = {
        resident: {int(key): Sum(*sums) for key, sums in departments.items()}
        for resident, departments in db.session.execute(*_departments(ids))
    }
    return found | _reckoned([one for one in ids if one not in found])


@prepared
def _departments(resident_ids: list):
    return select(KeptCompletion.resident_id, KeptCompletion.departments).where(
        KeptCompletion.resident_id.in_(resident_ids), ~CHANGED
    )


def _reckoned(resident_ids: Sequence[int]) -> dict[int, ByDepartment]:
    return sums_of(resident_ids) if resident_ids else {}


def to_keep(most: int) -> Sequence[int]:
    """Residents whose figures have changed since they were kept, or never were."""
    changed = select(CompletionChange.resident_id).distinct().limit(most)
    found = db.session.scalars(changed).all()
    if found:
        return found
    kept = exists().where(KeptCompletion.resident_id == Resident.id)
    return db.session.scalars(select(Resident.id).where(~kept).limit(most)).all()


def changes_of(resident_ids: Sequence[int]) -> Sequence[int]:
    """The notes of changes that are there now."""
    theirs = CompletionChange.resident_id.in_(resident_ids)
    return db.session.scalars(select(CompletionChange.id).where(theirs)).all()


def after(resident_id: int, most: int) -> Sequence[int]:
    """The next residents whose kept figures hold, to compare them with the rows."""
    rows = select(KeptCompletion.resident_id).where(KeptCompletion.resident_id > resident_id)
    rows = rows.where(~CHANGED).order_by(KeptCompletion.resident_id).limit(most)
    return db.session.scalars(rows).all()


def still_held(resident_ids: Sequence[int]) -> Sequence[int]:
    """Those of them whose figures hold now: others changed while they were compared."""
    mine = KeptCompletion.resident_id.in_(resident_ids)
    return db.session.scalars(select(KeptCompletion.resident_id).where(mine, ~CHANGED)).all()
