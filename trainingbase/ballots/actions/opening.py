"""The worker opens a round for the months that are over, and reminds whoever has not answered."""

from datetime import date, datetime, timedelta

from sqlalchemy import insert, select

from trainingbase.audit.actions import record
from trainingbase.ballots import keys
from trainingbase.ballots.models import Ballot, BallotRound, BallotSubject
from trainingbase.ballots.queries import happened, waiting
from trainingbase.ballots.queries.forms import forms
from trainingbase.ballots.queries.happened import Happened
from trainingbase.db import db
from trainingbase.months import first_of_month, months_later
from trainingbase.notices.actions import leave
from trainingbase.thresholds.queries import values

PATH = "/ballots/"


def open_due(*, today: date, at: datetime) -> BallotRound | None:
    """The round of the last whole months, once; None where it stands already, where its time is
    over, or where nobody has anything to say or no form to say it in."""
    mine = {key: int(value) for key, value in values().items() if key.startswith("ballot_")}
    ends_on = first_of_month(today)
    months = max(1, mine["ballot_round_months"])
    if (ends_on.month - 1) % months and months <= 12:
        ends_on = months_later(ends_on, -((ends_on.month - 1) % months))
    starts_on = months_later(ends_on, -months)
    closes_on = ends_on + timedelta(days=max(1, mine["ballot_open_days"]))
    if closes_on <= today or waiting.round_of(starts_on) is not None:
        return None
    rows = _asked(starts_on, ends_on, mine)
    if not rows:
        return None
    round_ = BallotRound(
        starts_on=starts_on,
        ends_on=ends_on,
        opens_on=ends_on,
        closes_on=closes_on,
        key=keys.make(),
    )
    db.session.add(round_)
    db.session.flush()
    db.session.execute(insert(Ballot), [row | {"round_id": round_.id} for row in rows])
    people = {row["person_id"] for row in rows}
    record("open-ballots", round_, by=None, at=at, people=len(people), asked=len(rows))
    leave("ballots-open", to_ids=people, at=at, path=PATH, closes_on=closes_on.isoformat())
    db.session.commit()
    return round_


def _asked(starts_on: date, ends_on: date, mine: dict[str, int]) -> list[dict]:
    """Rows of the register, in the order of their key."""
    known = {kind: form.id for kind, form in forms().items() if form is not None}
    found = [
        one
        for one in (
            happened.stays(starts_on, ends_on, least_days=mine["ballot_least_days"])
            | happened.assessors(starts_on, ends_on)
            | happened.attended(starts_on, ends_on, most=mine["ballot_most_activities"])
            | happened.in_training(starts_on, ends_on, every=mine["ballot_base_every_months"])
        )
        if one.kind in known
    ]
    subjects = _subjects({one.key: one for one in found})
    rows = [
        {
            "subject_id": subjects[one.key],
            "person_id": one.person_id,
            "instrument_id": known[one.kind],
            "state": "open",
        }
        for one in found
    ]
    return sorted(rows, key=lambda row: (row["subject_id"], row["person_id"]))


def _subjects(wanted: dict[str, Happened]) -> dict[str, int]:
    """Their rows by key; those that were never asked about are made."""
    have = dict(db.session.execute(select(BallotSubject.key, BallotSubject.id)).all())
    for key in sorted(wanted.keys() - have.keys()):
        one = wanted[key]
        subject = BallotSubject(
            key=key,
            kind=one.kind,
            faculty_member_id=one.faculty_member_id,
            department_id=one.department_id,
            activity_kind=one.activity_kind,
        )
        db.session.add(subject)
        db.session.flush()
        have[key] = subject.id
    return have


def remind(*, today: date, at: datetime) -> int:
    """Once in a round, to whoever has something open: that it is open, and no more."""
    before = timedelta(days=int(values()["ballot_remind_days"]))
    told = 0
    for round_ in waiting.rounds_not_closed():
        due = round_.takes(today) and today >= round_.closes_on - before
        if round_.reminded_on is not None or not due:
            continue
        people = waiting.unanswered_by(round_)
        closes_on = round_.closes_on.isoformat()
        leave("ballots-not-yet", to_ids=people, at=at, path=PATH, closes_on=closes_on)
        round_.reminded_on = today
        told += len(people)
    db.session.commit()
    return told
