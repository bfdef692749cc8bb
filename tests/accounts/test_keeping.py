from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.accounts.test_signing_in import sign_in
from trainingbase import queue, worker
from trainingbase.accounts import actions
from trainingbase.accounts.models import FailedSignIn, KeptAnswers, SignIn
from trainingbase.clock import real_now
from trainingbase.db import db

assert worker  # it says what each queued job does


@pytest.fixture
def left(app, office):
    """A session, an answer and a wrong password; says how many of each there are."""
    sign_in(app, "wu")
    sign_in(app, "xx")
    actions.keep_answers(office.id, path="/thresholds/", answers=[["value", "5"]], at=real_now())

    def how_many():
        return [len(list(db.session.scalars(select(one)))) for one in LEAVINGS]

    assert how_many() == [1, 1, 1]
    return how_many


LEAVINGS = (SignIn, KeptAnswers, FailedSignIn)


def at_night(monkeypatch, days):
    monkeypatch.setattr("trainingbase.clock.real_now", lambda: AT_FIRST + timedelta(days=days))
    queue.enqueue("forget-what-is-over")
    assert queue.work_off() == 1


AT_FIRST = real_now()


def test_what_still_serves_is_kept(left, monkeypatch):
    at_night(monkeypatch, 0)
    assert left() == [1, 1, 1]


def test_what_is_over_is_forgotten(left, monkeypatch):
    at_night(monkeypatch, 2)
    assert left() == [1, 1, 0]
    at_night(monkeypatch, 32)
    assert left() == [0, 0, 0]
