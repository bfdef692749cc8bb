"""Activities at moments from now: the portal's day is pinned, the time of day is the real one."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import current_app

from tests.cast import add
from trainingbase import clock
from trainingbase.db import db
from trainingbase.thresholds.models import Threshold
from trainingbase.training.models import Activity
from trainingbase.training.queries.signing import code_of


@pytest.fixture
def activity(county, mei):
    """`activity(begins=-2, speaker=mei)`: begins so many minutes from now, and takes an hour."""

    def make(begins=-2, **more):
        starts = (clock.now() + timedelta(minutes=begins)).astimezone(clock.LOCAL)
        return add(
            Activity(
                **{
                    "held_on": starts.date(), "starts_at": f"{starts:%H:%M}",
                    "hours": Decimal(1), "kind": "教学查房", "topic": "Chest pain",
                    "department": county.medicine, "speaker": mei, "audience": "department",
                    **more,
                }
            )
        )  # fmt: skip

    return make


@pytest.fixture
def here(placed, county, alice_resident, mei_member):
    """Alice trains in Medicine; Bob is elsewhere."""
    return placed(alice_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1), mei_member)


@pytest.fixture
def link(app):
    """`link(one)`: the address in the code on the screen of this activity, now or at a moment."""

    def address(one, what="in", moment=None, of=None):
        secret = current_app.config["SECRET_KEY"]
        code = code_of(secret, of or one.id, what, 30).at(moment or clock.now())
        return f"/training/activities/{one.id}/sign/{what}/{code}"

    return address


@pytest.fixture
def setting(county):
    """`setting("activity_sign_out", 1)`"""

    def put(key, value):
        db.session.get(Threshold, key).value = Decimal(value)
        db.session.commit()

    return put
