"""Double entry: two people type the figures, neither sees the other's before both are done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.exams.models import (
    FIGURES,
    AlreadyReleased,
    EntryRound,
    ExamCandidate,
    ExamEntry,
    ExamSitting,
    NotYet,
)
from trainingbase.exams.queries import sittings
from trainingbase.exams.rules.sittings import blanks, differing, tidy
from trainingbase.history.actions import note
from trainingbase.people.models import Person


class BothTaken(Exception):
    """Two others enter already."""


class Blank(Exception):
    """Figures are missing; `fields` are (candidate, field)."""

    def __init__(self, fields: list[tuple[int, str]]):
        super().__init__(fields)
        self.fields = fields


def keep(
    sitting: ExamSitting,
    figures: Mapping[int, Mapping[str, Any]],
    *,
    is_done: bool,
    by: Person,
    at: datetime,
) -> EntryRound:
    """What one person typed, by candidate; candidates settled meanwhile are passed over.  With
    `is_done` nothing may be missing, and once both are done what agrees is settled.

    Raises `BothTaken`, `Blank`, `AlreadyReleased`, `NotYet` for one who has finished.
    """
    hold(sitting)
    if sitting.is_released:
        raise AlreadyReleased
    mine = _own_round(sitting, by=by, at=at)
    if mine.done_at is not None:
        raise NotYet("entered")
    waiting = {one.id: one for one in sittings.to_enter(sitting)}
    typed = {entry.candidate_id: entry for entry in mine.entries}
    for candidate_id, given in figures.items():
        if candidate_id not in waiting:
            continue
        entry = typed.get(candidate_id)
        if entry is None:
            entry = typed[candidate_id] = ExamEntry(round=mine, candidate_id=candidate_id)
            db.session.add(entry)
        for name, value in tidy(given).items():
            setattr(entry, name, value)
    if is_done:
        _finish(sitting, mine, waiting, typed, by=by, at=at)
    db.session.commit()
    return mine


def _own_round(sitting: ExamSitting, *, by: Person, at: datetime) -> EntryRound:
    mine = sittings.round_of(sitting, by)
    if mine is not None:
        return mine
    taken = sittings.rounds_of(sitting)
    free = [place for place in (1, 2) if place not in taken]
    if not free:
        raise BothTaken
    mine = EntryRound(sitting_id=sitting.id, place=free[0], by_id=by.id, began_at=at, entries=[])
    db.session.add(mine)
    db.session.flush()
    record("begin-exam-entry", sitting, by=by, at=at, place=mine.place)
    return mine


def _finish(
    sitting: ExamSitting,
    mine: EntryRound,
    waiting: Mapping[int, ExamCandidate],
    typed: Mapping[int, ExamEntry],
    *,
    by: Person,
    at: datetime,
) -> None:
    missing = [
        (candidate_id, field)
        for candidate_id in waiting
        for field in blanks(
            typed[candidate_id].figures() if candidate_id in typed else {}, sitting.kind.parts
        )
    ]
    if missing:
        raise Blank(missing)
    mine.done_at = at
    record("finish-exam-entry", sitting, by=by, at=at, place=mine.place)
    db.session.flush()
    _settle(sitting, waiting, at=at)


def _settle(sitting: ExamSitting, waiting: Mapping[int, ExamCandidate], *, at: datetime) -> None:
    """What both typed alike, once both are done."""
    rounds = sittings.rounds_of(sitting)
    if len(rounds) < 2 or any(one.done_at is None for one in rounds.values()):
        return
    entries = sittings.entries_of(sitting)
    for candidate_id, candidate in waiting.items():
        both = entries.get(candidate_id, {})
        if len(both) == 2 and not differing(both[1].figures(), both[2].figures()):
            for name in FIGURES:
                setattr(candidate, name, getattr(both[1], name))
            candidate.source, candidate.settled_at = "double", at


def take_over(sitting: ExamSitting, place: int, *, by: Person, at: datetime) -> None:
    """Free the place of somebody who cannot go on; what they typed is dropped unseen."""
    hold(sitting)
    if sitting.is_released:
        raise AlreadyReleased
    one = sittings.rounds_of(sitting).get(place)
    if one is None or one.done_at is not None:
        raise NotYet("entered")
    record("free-exam-entry", sitting, by=by, at=at, place=place, person=one.by.name)
    db.session.delete(one)
    db.session.commit()


def both_are_done(sitting: ExamSitting) -> bool:
    rounds = sittings.rounds_of(sitting)
    return len(rounds) == 2 and all(one.done_at is not None for one in rounds.values())


def decide(
    candidate: ExamCandidate,
    figures: Mapping[str, Any],
    *,
    because: str,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Say which figures hold, where the two differ or a settled one is wrong before release.

    Raises `AlreadyReleased`, `Blank`, `Stale`, and `NotYet` while one of the two still enters.
    """
    candidate.expect(version)
    sitting = candidate.sitting
    if sitting.is_released:
        raise AlreadyReleased
    if candidate.settled_at is None and not both_are_done(sitting):
        raise NotYet("entering")
    given = tidy(figures)
    missing = blanks(given, sitting.kind.parts)
    if missing:
        raise Blank([(candidate.id, field) for field in missing])
    before = candidate.figures()
    note(
        candidate,
        {name: (before[name], given[name]) for name in FIGURES if before[name] != given[name]},
        by=by,
        at=at,
        why=because,
    )
    for name in FIGURES:
        setattr(candidate, name, given[name])
    candidate.source, candidate.decided_because = "decided", because
    candidate.settled_at, candidate.settled_by_id = at, by.id
    record("decide-exam-figures", candidate, by=by, at=at)
    db.session.commit()
