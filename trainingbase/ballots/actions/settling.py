"""Mixing every night, closing rounds, and releasing what may be released.

Whatever is touched is opened, shuffled, and sealed with a new key under new random names in one
transaction; then the old key is destroyed.  So the order, the transactions and the log of the
database tell only what the portal did, and an older copy of the database opens no more.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import selectinload

from trainingbase.audit.actions import record
from trainingbase.ballots import keys
from trainingbase.ballots.actions.telling import tell
from trainingbase.ballots.models import (
    Ballot,
    BallotRound,
    Batch,
    BatchFigure,
    BatchText,
    Envelope,
)
from trainingbase.ballots.queries import waiting
from trainingbase.ballots.queries.waiting import Standing
from trainingbase.ballots.rules import releasing
from trainingbase.ballots.rules.releasing import Limits
from trainingbase.ballots.rules.sealing import DoesNotOpen, seal, unseal
from trainingbase.db import db
from trainingbase.instruments.models import Instrument


@dataclass(frozen=True)
class Opened:
    """What was in an envelope."""

    id: str
    key: str
    content: dict[str, Any]


def mix(*, at: datetime) -> int:
    """Every envelope, and the register of open rounds, written anew; how many envelopes."""
    rounds = waiting.rounds_not_closed()
    old = {one.key for one in rounds}
    opened = _opened(waiting.envelopes([], with_closed=True))
    old |= {one.key for one in opened}
    _seal_again(opened, keys.make() if opened else "", round_id=None)
    mixed = len(opened)
    for round_ in rounds:
        opened = _opened(waiting.envelopes([round_.id], with_closed=False))
        round_.key = keys.make()
        _seal_again(opened, round_.key, round_id=round_.id)
        _write_register_anew(round_)
        mixed += len(opened)
    named = _still_named()
    db.session.commit()
    keys.destroy(old - named)
    keys.destroy_unnamed(named)
    return mixed


def settle(*, today: date, at: datetime) -> list[Batch]:
    """Close the rounds whose time is over, and release what that completes."""
    rounds = waiting.rounds_to_close(today)
    if not rounds:
        db.session.commit()
        return []
    found = waiting.envelopes([one.id for one in rounds], with_closed=True)
    opened = _opened(found)
    old = {one.key for one in opened} | {one.key for one in rounds}
    for round_ in rounds:
        round_.closed_on, round_.key = today, ""
        answered, asked = waiting.counts_of(round_)
        record("close-ballots", round_, by=None, at=at, answered=answered, asked=asked)
        _write_register_anew(round_)
    db.session.flush()
    batches, kept = _released(opened, today=today, at=at)
    _seal_again(opened, keys.make() if kept else "", round_id=None, kept=kept)
    named = _still_named()
    db.session.commit()
    keys.destroy(old - named)
    return batches


def _opened(found: Sequence[Envelope]) -> list[Opened]:
    """Those whose key is here; the others stay as they are, closed."""
    at_hand: dict[str, bytes | None] = {}
    opened = []
    for one in found:
        if one.key not in at_hand:
            at_hand[one.key] = _key(one.key)
        key = at_hand[one.key]
        if key is None:
            continue
        try:
            opened.append(Opened(one.id, one.key, unseal(key, one.sealed)))
        except DoesNotOpen:
            continue
    return releasing.shuffled(opened)


def _key(name: str) -> bytes | None:
    try:
        return keys.read(name)
    except keys.Missing:
        return None


def _seal_again(
    opened: list[Opened], name: str, *, round_id: int | None, kept: list[Opened] | None = None
) -> None:
    """All go, and `kept` (all, unless said) come back under other names, in another order."""
    db.session.execute(delete(Envelope).where(Envelope.id.in_([one.id for one in opened])))
    again = opened if kept is None else kept
    if not again:
        return
    key = keys.read(name)
    rows = [
        {
            "id": uuid4().hex,
            "round_id": round_id,
            "key": name,
            "sealed": seal(key, one.content),
        }
        for one in releasing.shuffled(list(again))
    ]
    db.session.execute(insert(Envelope), sorted(rows, key=lambda row: row["id"]))


def _write_register_anew(round_: BallotRound) -> None:
    """By key, so that neither place nor transaction says who answered when (PostgreSQL)."""
    db.session.flush()
    columns = Ballot.__table__.columns
    rows = [
        row._asdict()
        for row in db.session.execute(
            select(*columns)
            .where(Ballot.round_id == round_.id)
            .order_by(Ballot.subject_id, Ballot.person_id)
            .with_for_update()
        )
    ]
    db.session.execute(delete(Ballot).where(Ballot.round_id == round_.id))
    if rows:
        db.session.execute(insert(Ballot), rows)


def _still_named() -> set[str]:
    db.session.flush()
    return waiting.keys_in_use()


def _released(
    opened: list[Opened], *, today: date, at: datetime
) -> tuple[list[Batch], list[Opened]]:
    """The batches that may go, and the envelopes that wait on."""
    groups: dict[tuple[int, int], list[Opened]] = defaultdict(list)
    for one in opened:
        groups[one.content["subject"], one.content["form"]].append(one)
    standings, limits = waiting.standings(), waiting.limits()
    batches: list[Batch] = []
    kept: list[Opened] = []
    for (subject_id, form_id), some in sorted(groups.items()):
        standing = standings.get((subject_id, form_id))
        if standing is None or not _may_go(some, standing, limits):
            kept += some
            continue
        batches.append(_batch(subject_id, form_id, some, standing, limits, today))
    for batch in batches:
        record("release-ballots", batch, by=None, at=at, answers=batch.answers, could=batch.could)
    tell(batches, at=at)
    return batches, kept


def _may_go(some: list[Opened], standing: Standing, limits: Limits) -> bool:
    return releasing.may_release(
        answers=len(some), people=standing.people, months=standing.months, limits=limits
    )


def _batch(
    subject_id: int,
    form_id: int,
    some: list[Opened],
    standing: Standing,
    limits: Limits,
    today: date,
) -> Batch:
    form = db.session.scalars(
        select(Instrument).where(Instrument.id == form_id).options(selectinload(Instrument.items))
    ).one()
    items = [item for item in form.items if not item.missing]
    texts = {item.code for item in items if item.kind == "text"}
    answers = [_said(one.content["said"], texts) for one in some]
    overall = releasing.overall_of(items, answers, limits.answers)
    before = select(func.max(Batch.number)).where(Batch.subject_id == subject_id)
    batch = Batch(
        subject_id=subject_id,
        instrument_id=form_id,
        number=(db.session.scalar(before) or 0) + 1,
        first_on=standing.first_on,
        ends_on=standing.ends_on,
        released_on=today,
        answers=len(some),
        could=standing.could,
        overall_answered=overall.answered if overall else None,
        overall_mean=overall.mean if overall else None,
        overall_deviation=overall.deviation if overall else None,
        overall_lowest=overall.lowest if overall else None,
        overall_highest=overall.highest if overall else None,
    )
    for item in items:
        if item.code in texts:
            said = releasing.texts_of(item, answers)
            batch.texts += [BatchText(id=uuid4().hex, item_id=item.id, text=text) for text in said]
        else:
            batch.figures.append(_figure(item, answers, limits))
    db.session.add(batch)
    db.session.flush()
    return batch


def _figure(item: Any, answers: list[releasing.Answers], limits: Limits) -> BatchFigure:
    found = releasing.figure_of(item, answers, limits.answers)
    if found is None:
        return BatchFigure(item_id=item.id, answered=0, mean=None, deviation=None, counts={})
    return BatchFigure(
        item_id=item.id,
        answered=found.answered,
        mean=found.mean,
        deviation=found.deviation,
        counts=dict(found.counts),
    )


def _said(said: dict[str, str | None], texts: set[str]) -> dict[str, Decimal | str | None]:
    answers: dict[str, Decimal | str | None] = {}
    for code, value in said.items():
        if value is None or code in texts:
            answers[code] = value
            continue
        try:
            answers[code] = Decimal(value)
        except InvalidOperation:
            continue
    return answers
