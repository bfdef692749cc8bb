"""A quiet October with rates."""

import pytest
from sqlalchemy import event

from tests.incentives import october
from trainingbase.db import db


@pytest.fixture
def sources(county):
    return october.make_sources()


@pytest.fixture
def rates(sources):
    october.set_rates(sources)


@pytest.fixture
def quiet_october(rates, alice_resident, bob_resident, mei_member, county, placed):
    october.play_october(alice_resident, bob_resident, mei_member, county, placed)


@pytest.fixture
def statements(app):
    """The statements sent since it was emptied."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_):
        if statement.lstrip()[:6].upper() in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)
