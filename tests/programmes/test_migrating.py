"""Minimums that hung on the standard department become those of each version that has it."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from tests.conftest import SETTINGS
from trainingbase.app import create_app
from trainingbase.db import db

BEFORE = "0004"


@pytest.fixture
def bare(database):
    """The portal over a database of the time before versions."""
    url = database.create_bare()
    app = create_app(DATABASE_URL=url, **SETTINGS)
    with app.app_context():
        upgrade(revision=BEFORE)
        yield app
        db.session.remove()
        db.engine.dispose()
    database.drop(url)


FILL = (
    "INSERT INTO standard_departments (id, name, is_primary_care) VALUES"
    " (1, 'A', false), (2, 'B', false), (3, 'C', false)",
    "INSERT INTO programmes (id, code, name, months, is_sample, version) VALUES"
    " (1, 'GP33', 'GP', 330000, false, 1), (2, 'AGP24', 'AGP', 240000, false, 1)",
    "INSERT INTO requirements (programme_id, standard_department_id, position, months, may_split,"
    " shortest_stretch, at_primary_site) VALUES (1, 1, 0, 10000, false, 10000, false),"
    " (2, 1, 0, 10000, false, 10000, false), (1, 2, 1, 10000, false, 10000, false)",
    "INSERT INTO minimums (standard_department_id, category, item, count) VALUES"
    " (1, 'disease', 'x', 5), (2, 'disease', 'y', 3), (3, 'activity', 'z', 1)",
)


def minimums():
    with db.engine.begin() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT p.code, m.item, m.count FROM programme_minimums m"
                " JOIN programmes p ON p.id = m.programme_id"
            )
        )
        return {tuple(one) for one in rows}


def test_minimums_go_to_the_versions_that_have_their_department(bare):
    with db.engine.begin() as connection:
        for statement in FILL:
            connection.execute(sa.text(statement))
    upgrade()
    assert minimums() == {
        ("GP33", "x", 5),
        ("GP33", "y", 3),
        ("GP33", "z", 1),
        ("AGP24", "x", 5),
        ("AGP24", "z", 1),
    }
    with db.engine.begin() as connection:
        families = connection.execute(sa.text("SELECT family, edition FROM programmes"))
        assert {tuple(one) for one in families} == {("GP33", 1), ("AGP24", 1)}
    downgrade(revision=BEFORE)
    with db.engine.begin() as connection:
        rows = connection.execute(sa.text("SELECT item, count FROM minimums"))
        assert {tuple(one) for one in rows} == {("x", 5), ("y", 3), ("z", 1)}
