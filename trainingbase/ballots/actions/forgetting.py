"""The register of closed rounds is deleted after the time the base has chosen; sums stay."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete

from trainingbase.audit.actions import record
from trainingbase.ballots.models import Ballot, RoundSum
from trainingbase.ballots.queries import waiting
from trainingbase.db import db
from trainingbase.thresholds.queries import whole


def forget_register(*, today: date, at: datetime) -> int:
    """Who had answered in rounds that closed so long ago; how many rounds.  Answers that still
    wait then go out with five new people: whose the old ones are is known no more."""
    days = whole("ballot_register_days")
    if days < 1:
        return 0
    rounds = waiting.rounds_to_forget(today - timedelta(days=days))
    for round_ in rounds:
        people, asked, answered = waiting.sums_of(round_)
        db.session.add(
            RoundSum(
                round_id=round_.id,
                people=people,
                asked=asked,
                answered=answered,
                forgotten_on=today,
            )
        )
        db.session.execute(delete(Ballot).where(Ballot.round_id == round_.id))
        record("forget-ballots", round_, by=None, at=at, people=people, answered=answered)
    db.session.commit()
    return len(rounds)
