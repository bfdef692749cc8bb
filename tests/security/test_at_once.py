"""Two people decide at the same moment: the second finds what the first has done."""

from datetime import date, timedelta

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm.attributes import set_committed_value

from tests.cast import LONG_AGO, add
from trainingbase.db import Stale, db
from trainingbase.enrolment.models import AlreadyDecided, Leave
from trainingbase.imports import actions as imports
from trainingbase.imports.models import AlreadyTaken
from trainingbase.leave.actions import decide
from trainingbase.thresholds import actions as thresholds
from trainingbase.thresholds.queries import threshold

NOW = LONG_AGO + timedelta(days=90)


@pytest.fixture
def somebody_else(app):
    """Changes the database from outside; what this test had read of it is old from then on."""
    other = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])

    def change(statement, row, **seen):
        for name in seen:
            getattr(row, name)
        db.session.rollback()
        with other.begin() as connection:
            connection.execute(text(statement))
        for column in row.__table__.columns:
            getattr(row, column.key)
        for name, value in seen.items():
            set_committed_value(row, name, value)

    yield change
    other.dispose()


def test_leave_is_decided_once(alice_resident, office, somebody_else):
    leave = add(
        Leave(
            resident_id=alice_resident.id, kind="sick",
            starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 4),
        )
    )  # fmt: skip
    granted = (
        "UPDATE leaves SET granted = true, decided_at = '2026-10-30 00:00:00.000000',"
        f" decided_by_id = {office.id}"
    )
    somebody_else(granted, leave, granted=None, decided_at=None, decided_by_id=None)
    with pytest.raises(AlreadyDecided):
        decide(leave, False, version=1, by=office, at=NOW)


def test_a_number_changed_meanwhile_is_not_overwritten(county, office, somebody_else):
    number = threshold("notice_days")
    somebody_else("UPDATE thresholds SET version = 2", number, version=1)
    with pytest.raises(Stale):
        thresholds.set_value(number, number.value + 1, version=1, by=office, at=NOW)


def test_what_was_discarded_meanwhile_is_not_discarded_again(county, office, somebody_else):
    rows = "姓名,身份证号,入培时间\n王禾,110101200001010025,2026-09-01\n".encode()
    import_ = imports.bring_in("residents", rows, "x.csv", on=NOW.date(), by=office, at=NOW)
    done = "UPDATE imports SET discarded_at = '2026-10-30 00:00:00.000000'"
    somebody_else(done, import_, discarded_at=None)
    with pytest.raises(AlreadyTaken):
        imports.discard(import_, by=office, at=NOW)
