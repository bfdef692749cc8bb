"""Who had answered is deleted after the time the base has chosen; sums and batches stay."""

from datetime import timedelta

from sqlalchemy import func, select

from tests.ballots.conftest import at, said
from trainingbase.ballots import actions
from trainingbase.ballots.models import Ballot, Envelope, RoundSum
from trainingbase.ballots.queries import own
from trainingbase.ballots.queries import released as queries
from trainingbase.db import db
from trainingbase.thresholds.queries import threshold


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def rounds():
    return queries.round_rows(queries.rows_of(queries.rounds()))


def forget(day):
    return actions.forget_register(today=day, at=at(day))


def test_the_register_goes_and_sums_and_batches_stay(school, mei_member, office):
    school.played(0, mei_member, [said(5), said(4), None])
    school.played(1, mei_member, [said(3), said(4)], first=3)
    (batch,) = school.played(2, mei_member, [said(4)], first=5)
    before = rounds()
    closed = school.month(4)
    assert forget(closed + timedelta(days=300)) == 0
    day = closed + timedelta(days=365)
    assert forget(day) == 3 and forget(day) == 0
    assert count(Ballot) == 0 and count(RoundSum) == 3
    assert rounds() == before, "figures that need counts are kept as sums"
    assert own.receipts(school.residents[0].person) == []
    assert queries.subject_for(office, batch.subject_id).id == batch.subject_id
    assert len(queries.rows_of(queries.subjects(office))) == 1


def test_an_open_round_is_kept_and_nothing_goes_where_the_base_says_never(school, mei_member):
    school.played(0, mei_member, [said(5)])
    threshold("ballot_register_days").value = 0
    db.session.commit()
    assert forget(school.month(90)) == 0
    threshold("ballot_register_days").value = 1
    db.session.commit()
    school.stay(school.people(1)[0], 3, mei_member)
    school.opened(3)
    assert forget(school.month(4)) == 1
    assert count(Ballot) == 1


def test_what_waits_goes_with_five_new_people(school, mei_member):
    for month in range(2):
        assert school.played(month, mei_member, [said(1)] * 2, first=2 * month) == []
    forget(school.month(0) + timedelta(days=500))
    assert (count(Ballot), count(Envelope)) == (0, 4)
    start = 20
    assert school.played(start, mei_member, [said(4)] * 2, first=10) == []
    assert school.played(start + 1, mei_member, [said(4)] * 2, first=12) == []
    (batch,) = school.played(start + 2, mei_member, [said(4)], first=14)
    assert batch.answers == 9 and batch.first_on == school.month(0)
