"""Sums of completion for tables of many residents: as they were kept, while nothing has changed;
else, and where nothing is kept, reckoned now by the one function."""

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, select

from trainingbase.db import columns, db
from trainingbase.enrolment.models import Resident
from trainingbase.logbook.models import CompletionChange, KeptCompletion, KeptStay
from trainingbase.logbook.queries.completion import figures_of, sums_of
from trainingbase.logbook.rules.completion import NOTHING, Completion, Line
from trainingbase.logbook.rules.stays import Sum, total_of
from trainingbase.prepared import prepared

ByDepartment = dict[int, Sum]

CHANGED = exists().where(CompletionChange.resident_id == KeptCompletion.resident_id)


def known_wholes(resident_ids: Iterable[int]) -> dict[int, Sum]:
    """By resident, of everything that is asked."""
    ids = list(resident_ids)
    rows = columns(*_wholes(ids))
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
        for resident, departments in columns(*_departments(ids))
    }
    return found | _reckoned([one for one in ids if one not in found])


@prepared
def _departments(resident_ids: list):
    return select(KeptCompletion.resident_id, KeptCompletion.departments).where(
        KeptCompletion.resident_id.in_(resident_ids), ~CHANGED
    )


def known_here(resident_id: int, placement_id: int) -> tuple[Sum, Completion]:
    """Of one resident everything that is asked, and the part of one stay."""
    rows = columns(*_here(resident_id, placement_id))
    if not rows:
        figures = figures_of(resident_id)
        whole = Sum(figures.whole.counted, figures.whole.target, figures.whole.waiting)
        return whole, figures.stays.get(placement_id, NOTHING)
    *whole, lines = rows[0]
    return Sum(*whole), Completion(tuple([Line._make(one) for one in lines or ()]))


@prepared
def _here(resident_id: int, placement_id: int):
    return (
        select(
            KeptCompletion.counted, KeptCompletion.target, KeptCompletion.waiting, KeptStay.lines
        )
        .outerjoin(
            KeptStay,
            (KeptStay.resident_id == KeptCompletion.resident_id)
            & (KeptStay.placement_id == placement_id),
        )
        .where(KeptCompletion.resident_id == resident_id, ~CHANGED)
    )


def kept_stays(resident_ids: Sequence[int]) -> dict[int, dict[int, list]]:
    """The lines as they are kept, by resident and stay."""
    found: dict[int, dict[int, list]] = {one: {} for one in resident_ids}
    rows = select(KeptStay.resident_id, KeptStay.placement_id, KeptStay.lines)
    for resident, stay, lines in db.session.execute(
        rows.where(KeptStay.resident_id.in_(resident_ids))
    ):
        found[resident][stay] = lines
    return found


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
