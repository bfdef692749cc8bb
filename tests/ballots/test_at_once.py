"""Residents who send at the same moment, and at the moment of the nightly mixing."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from tests.ballots.conftest import at, said
from trainingbase import queue
from trainingbase.ballots import actions, keys
from trainingbase.ballots.models import Ballot, BallotRound, Envelope, NotOpen
from trainingbase.ballots.rules.sealing import unseal
from trainingbase.db import db
from trainingbase.worker import move_ballots


def together(app, *doing):
    """What each returns, or raises."""
    start = Barrier(len(doing))

    def one(act):
        with app.app_context():
            start.wait()
            try:
                return act()
            except NotOpen as not_open:
                return not_open.state
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(len(doing)) as pool:
        return list(pool.map(one, doing))


def answering(person_id: int, today):
    def act():
        own = db.session.scalars(select(Ballot).where(Ballot.person_id == person_id)).one()
        actions.answer(own, given=said(4, text=str(person_id)), today=today)
        return "taken"

    return act


def test_the_same_ballot_sent_four_times_at_once_is_one(app, school, mei_member):
    (one,) = school.people(1)
    school.stay(one, 0, mei_member)
    today, person_id = school.opened(0).opens_on, one.person_id
    said_so = together(app, *[answering(person_id, today)] * 4)
    assert sorted(said_so) == ["answered"] * 3 + ["taken"]
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 1


def test_mixing_while_others_send_loses_nothing_and_leaves_no_old_key(app, school, mei_member):
    some = school.people(6)
    for one in some:
        school.stay(one, 0, mei_member)
    today = school.opened(0).opens_on
    acts = [answering(one.person_id, today) for one in some]
    mixing = [lambda: actions.mix(at=at(today))] * 2
    outcome = together(app, *acts, *mixing)
    assert outcome[:6] == ["taken"] * 6
    actions.mix(at=at(today))
    rows = db.session.scalars(select(Envelope)).all()
    words = {unseal(keys.read(row.key), row.sealed)["said"]["A.4"] for row in rows}
    assert words == {str(one.person_id) for one in some}
    assert {row.key for row in rows} == {db.session.scalars(select(BallotRound.key)).one()}


def test_the_worker_does_it_all_by_itself(school, mei_member, monkeypatch):
    """Opened on the first of the month, reminded, mixed, closed, released."""
    for month in range(3):
        some = school.people(2 * month + 2)[2 * month :]
        for one in some:
            school.stay(one, month, mei_member)
        opens = school.month(month + 1)
        monkeypatch.setenv("TRAININGBASE_TODAY", opens.isoformat())
        move_ballots()
        for one in some:
            school.answer(one, mei_member, said(5))
        for day in (24, 25, 26):
            monkeypatch.setenv("TRAININGBASE_TODAY", opens.replace(day=day).isoformat())
            move_ballots()
    assert queue.JOBS["move-ballots"] is move_ballots
    monkeypatch.setenv("TRAININGBASE_TODAY", school.month(4).isoformat())
    move_ballots()
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 0
    from trainingbase.ballots.models import Batch

    assert db.session.scalars(select(Batch)).one().answers == 6
