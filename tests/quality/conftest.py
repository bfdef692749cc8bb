"""A little history, graduates and teaching."""

import pytest
from sqlalchemy import event

from tests.quality import autumn as history
from trainingbase.db import db


@pytest.fixture
def autumn(placed, county, alice_resident, bob_resident, mei_member):
    return history.play_autumn(placed, county, alice_resident, bob_resident, mei_member)


@pytest.fixture
def graduates(alice_resident, bob_resident):
    history.let_graduate(alice_resident, bob_resident)


@pytest.fixture
def taught(county, mei):
    history.teach(county, mei)


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
