"""Sums of completion for tables of many residents: as they were kept, while nothing has changed;
else, and where nothing is kept, reckoned now by the one function."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import exists, select

from trainingbase.db import columns, db
from trainingbase.enrolment.models import Resident
from trainingbase.logbook.models import CompletionChange, KeptCompletion, KeptLines, KeptStay
from trainingbase.logbook.queries.completion import Figures, figures_of, sums_of
from trainingbase.logbook.rules.completion import NOTHING, Completion, Line
from trainingbase.logbook.rules.stays import Proportion, Sum, sum_of, total_of
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
        found = figures_of(resident_id)
        return total_of(found.sums.values()), found.stays.get(placement_id, NOTHING)
    *whole, lines = rows[0]
    return Sum(*whole), _completion(lines)


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


@dataclass(frozen=True)
class Known:
    """Of one resident what `completion.Figures` says, with each stay as its sum."""

    whole: Sum
    sums: ByDepartment
    stays: Mapping[int, Sum]
    proportions: Mapping[int, Proportion]
    lines: Sequence[Line]


def known_figures(resident_id: int) -> Known:
    """Every line of what is asked of one resident."""
    rows = columns(*_figures(resident_id))
    if not rows:
        found = figures_of(resident_id)
        return Known(
            total_of(found.sums.values()),
            found.sums,
            {one: sum_of(part) for one, part in found.stays.items() if one is not None},
            found.proportions,
            found.whole.lines,
        )
    *whole, departments, stays, proportions, lines = rows[0]
    return Known(
        Sum(*whole),
        {int(key): Sum(*sums) for key, sums in departments.items()},
        {int(key): Sum(*sums) for key, sums in stays.items()},
        {int(key): _proportion(said) for key, said in proportions.items()},
        [Line._make(one) for one in lines],
    )


@prepared
def _figures(resident_id: int):
    return (
        select(
            KeptCompletion.counted,
            KeptCompletion.target,
            KeptCompletion.waiting,
            KeptCompletion.departments,
            KeptLines.stays,
            KeptLines.proportions,
            KeptLines.lines,
        )
        .join(KeptLines, KeptLines.resident_id == KeptCompletion.resident_id)
        .where(KeptCompletion.resident_id == resident_id, ~CHANGED)
    )


def known_stay(
    resident_id: int, placement_id: int, standard_id: int
) -> tuple[Completion, Proportion | None]:
    """The part of one stay, and how the share of its department came about."""
    rows = columns(*_stay(resident_id, placement_id))
    if not rows:
        found = figures_of(resident_id)
        return found.stays.get(placement_id, NOTHING), found.proportions.get(standard_id)
    lines, proportions = rows[0]
    said = proportions.get(str(standard_id))
    return _completion(lines), _proportion(said) if said else None


@prepared
def _stay(resident_id: int, placement_id: int):
    return (
        select(KeptStay.lines, KeptLines.proportions)
        .select_from(KeptCompletion)
        .join(KeptLines, KeptLines.resident_id == KeptCompletion.resident_id)
        .outerjoin(KeptStay, KeptStay.placement_id == placement_id)
        .where(KeptCompletion.resident_id == resident_id, ~CHANGED)
    )


def _completion(lines: list | None) -> Completion:
    return Completion(tuple([Line._make(one) for one in lines or ()]))


def _proportion(said: list) -> Proportion:
    months, credited, away, is_whole = said
    return Proportion(Decimal(months), Decimal(credited), away, is_whole)


def as_kept(found: Figures) -> dict[str, Any]:
    """The values of `KeptLines` and, under `parts`, the lines of each stay."""
    placed = {one: part for one, part in found.stays.items() if one is not None}
    return {
        "proportions": {
            str(one): [str(said.months), str(said.credited), said.away, said.is_whole]
            for one, said in found.proportions.items()
        },
        "stays": {str(one): list(sum_of(part)) for one, part in placed.items()},
        "lines": [list(line) for line in found.whole.lines],
        "parts": {one: [list(line) for line in part.lines] for one, part in placed.items()},
    }


def kept_lines(resident_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """By resident what is kept, as `as_kept` says it."""
    rows = select(
        KeptLines.resident_id, KeptLines.proportions, KeptLines.stays, KeptLines.lines
    ).where(KeptLines.resident_id.in_(resident_ids))
    found: dict[int, dict[str, Any]] = {
        one: {"proportions": proportions, "stays": stays, "lines": lines, "parts": {}}
        for one, proportions, stays, lines in columns(rows)
    }
    parts = select(KeptStay.resident_id, KeptStay.placement_id, KeptStay.lines)
    for resident, stay, lines in columns(parts.where(KeptStay.resident_id.in_(resident_ids))):
        if resident in found:
            found[resident]["parts"][stay] = lines
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
