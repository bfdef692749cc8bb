"""The migrations make the database that the models describe, and can be taken back."""

import pytest
import sqlalchemy as sa
from flask_migrate import check, downgrade, upgrade

from tests.conftest import SETTINGS
from trainingbase.app import create_app
from trainingbase.db import db


@pytest.fixture
def bare(database):
    """The portal over a database without tables."""
    url = database.create_bare()
    app = create_app(DATABASE_URL=url, **SETTINGS)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    database.drop(url)


def tables():
    return set(sa.inspect(db.engine).get_table_names())


def test_the_migrations_go_up_and_down_and_up_again(bare):
    upgrade()
    assert tables() == set(db.metadata.tables) | {"alembic_version"}
    downgrade(revision="base")
    assert tables() == {"alembic_version"}
    upgrade()
    assert tables() == set(db.metadata.tables) | {"alembic_version"}


def test_the_migrations_leave_nothing_of_the_models_out(bare):
    upgrade()
    check()  # leaves the process where there is a difference


def test_a_column_without_a_migration_is_found(bare):
    upgrade()
    with db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE people DROP COLUMN phone")
    with pytest.raises(SystemExit):
        check()


def test_flask_knows_the_commands_of_the_migrations(bare):
    runner = bare.test_cli_runner()
    assert runner.invoke(args=["db", "upgrade"]).exit_code == 0
    assert len(tables()) > 1
    assert runner.invoke(args=["db", "downgrade", "base"]).exit_code == 0
    assert tables() == {"alembic_version"}
