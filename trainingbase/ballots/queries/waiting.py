"""What waits in envelopes, and how far it is from being released."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from trainingbase.ballots import keys
from trainingbase.ballots.models import (
    ANSWERED,
    OPEN,
    Ballot,
    BallotRound,
    Batch,
    Envelope,
    RoundSum,
)
from trainingbase.ballots.rules.releasing import Limits
from trainingbase.db import db
from trainingbase.months import months_from
from trainingbase.thresholds.queries import values


@dataclass(frozen=True)
class Standing:
    """Of the closed rounds since the last release: who could answer, who did, about how many
    months, and from when to when."""

    people: int
    could: int
    months: int
    first_on: date
    ends_on: date


def limits() -> Limits:
    mine = values()
    return Limits.of(int(mine["ballot_least_answers"]), int(mine["ballot_least_months"]))


def standings(subject_ids: Sequence[int] | None = None) -> dict[tuple[int, int], Standing]:
    """By subject and form.  From the register alone: it knows of nobody what they said."""
    last = (
        select(Batch.subject_id, Batch.instrument_id, func.max(Batch.ends_on).label("ends_on"))
        .group_by(Batch.subject_id, Batch.instrument_id)
        .subquery()
    )
    rows = (
        select(
            Ballot.subject_id,
            Ballot.instrument_id,
            Ballot.person_id,
            Ballot.state,
            BallotRound.starts_on,
            BallotRound.ends_on,
            last.c.ends_on.label("told_until"),
        )
        .join(Ballot.round)
        .outerjoin(
            last,
            and_(
                last.c.subject_id == Ballot.subject_id,
                last.c.instrument_id == Ballot.instrument_id,
            ),
        )
        .where(
            BallotRound.closed_on.is_not(None),
            or_(last.c.ends_on.is_(None), BallotRound.ends_on > last.c.ends_on),
        )
    )
    if subject_ids is not None:
        rows = rows.where(Ballot.subject_id.in_(subject_ids))
    groups: dict[tuple[int, int], list] = {}
    for row in db.session.execute(rows):
        groups.setdefault((row.subject_id, row.instrument_id), []).append(row)
    forgotten = _forgotten() if groups else []
    return {key: _standing(some, forgotten) for key, some in groups.items()}


def _forgotten() -> list[tuple[date, date]]:
    """First and exclusive last days of rounds whose register is deleted."""
    rows = select(BallotRound.starts_on, BallotRound.ends_on).join(
        RoundSum, RoundSum.round_id == BallotRound.id
    )
    return [(starts_on, ends_on) for starts_on, ends_on in db.session.execute(rows)]


def _standing(rows: list, forgotten: list[tuple[date, date]]) -> Standing:
    """Answers may wait from a forgotten round: they count no person, but are of its time."""
    told = rows[0].told_until
    before = [first for first, end in forgotten if told is None or end > told]
    answered = [row for row in rows if row.state == ANSWERED]
    months = {month for row in answered for month in months_from(row.starts_on, row.ends_on)}
    return Standing(
        people=len({row.person_id for row in answered}),
        could=len({row.person_id for row in rows}),
        months=len(months),
        first_on=min([row.starts_on for row in rows] + before),
        ends_on=max(row.ends_on for row in rows),
    )


def envelopes(round_ids: Sequence[int], *, with_closed: bool) -> Sequence[Envelope]:
    """Of these rounds, and those that wait from earlier ones; held until the commit."""
    which = Envelope.round_id.in_(round_ids)
    if with_closed:
        which = or_(which, Envelope.round_id.is_(None))
    return db.session.scalars(select(Envelope).where(which)).all()


def rounds_to_close(today: date) -> Sequence[BallotRound]:
    return db.session.scalars(
        select(BallotRound)
        .where(BallotRound.closed_on.is_(None), BallotRound.closes_on <= today)
        .order_by(BallotRound.id)
        .with_for_update()
    ).all()


def rounds_not_closed() -> Sequence[BallotRound]:
    return db.session.scalars(
        select(BallotRound)
        .where(BallotRound.closed_on.is_(None))
        .order_by(BallotRound.id)
        .with_for_update()
    ).all()


def round_held(round_id: int) -> BallotRound:
    """Its present key, which nobody changes before the commit."""
    return db.session.scalars(
        select(BallotRound)
        .where(BallotRound.id == round_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def keys_in_use() -> set[str]:
    rounds = db.session.scalars(select(BallotRound.key))
    return {*rounds, *db.session.scalars(select(Envelope.key).distinct())}


def closed_for_ever() -> int:
    """How many envelopes wait whose key is not on this machine."""
    rows = db.session.execute(select(Envelope.key, func.count()).group_by(Envelope.key))
    return sum(count for key, count in rows if not keys.is_here(key))


def last_end() -> date | None:
    """The day up to which was asked already."""
    return db.session.scalar(select(func.max(BallotRound.ends_on)))


def unanswered_by(round_: BallotRound) -> list[int]:
    """The people who have not yet answered all."""
    return list(
        db.session.scalars(
            select(Ballot.person_id)
            .where(Ballot.round_id == round_.id, Ballot.state == OPEN)
            .distinct()
        )
    )


def people_of(round_: BallotRound) -> list[int]:
    return list(
        db.session.scalars(select(Ballot.person_id).where(Ballot.round_id == round_.id).distinct())
    )


def counts_of(round_: BallotRound) -> tuple[int, int]:
    """Answered, and asked."""
    row = db.session.execute(
        select(func.count().filter(Ballot.state == ANSWERED), func.count()).where(
            Ballot.round_id == round_.id
        )
    ).one()
    return row[0], row[1]


def rounds_to_forget(closed_by: date) -> Sequence[BallotRound]:
    """That closed on that day or before, and whose register is still there."""
    return db.session.scalars(
        select(BallotRound)
        .outerjoin(RoundSum, RoundSum.round_id == BallotRound.id)
        .where(BallotRound.closed_on <= closed_by, RoundSum.round_id.is_(None))
        .order_by(BallotRound.id)
        .with_for_update(of=BallotRound)
    ).all()


def sums_of(round_: BallotRound) -> tuple[int, int, int]:
    """People, asked, answered."""
    row = db.session.execute(
        select(
            func.count(Ballot.person_id.distinct()),
            func.count(),
            func.count().filter(Ballot.state == ANSWERED),
        ).where(Ballot.round_id == round_.id)
    ).one()
    return row[0], row[1], row[2]
