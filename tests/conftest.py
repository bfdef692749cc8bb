"""The portal under test, on SQLite and on PostgreSQL, and a browser for each person of the cast.

A test that asks for `app` (or for anybody of the cast) runs once on each database and may commit:
the tables are emptied after it.  A test that asks for neither touches no database and runs once.
"""

import os
from contextvars import Context
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy import event

from tests import databases
from trainingbase import paths

PLUGINS = ["tests.cast", "tests.mailing.fixtures"]
pytest_plugins = PLUGINS if (paths.HOME / "tests" / "cast.py").exists() else []

# The same examples in every run of the checks: what is found, is found where it can be mended.
SLOW_IS_FINE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("checks", derandomize=True, **SLOW_IS_FINE)
# Elsewhere new ones each time.  How long one takes says nothing: machines are busy.
settings.register_profile("here", **SLOW_IS_FINE)
settings.load_profile("checks" if os.environ.get("CI") else "here")

SETTINGS = {"SECRET_KEY": "a secret of the tests, long enough", "TESTING": True}

TODAY = "2026-11-22"
"""The portal's day in every test: the cast trains from 2026-09-01."""


def pytest_addoption(parser):
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql", "both"],
        default="both",
        help="which database the tests run on (default: both)",
    )
    parser.addoption(
        "--create-all",
        action="store_true",
        help="make the tables from the models: to try a model before its revision is written",
    )
    parser.addoption(
        "--screenshots",
        action="store_true",
        help="let the browser tests write the pictures of docs/screenshots",
    )


def pytest_generate_tests(metafunc):
    if "database" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("database")
        kinds = ["sqlite", "postgresql"] if wanted == "both" else [wanted]
        metafunc.parametrize("database", kinds, indirect=True, scope="session")


class Browser(FlaskClient):
    """Sends each request outside the test's own app context.

    Inside it, Flask 3.1 would share `g`, and with it the signed-in person, between
    browsers: a test that Alice is refused would pass or fail by who signed in last.
    """

    def run_wsgi_app(self, *args, **kwargs):
        from trainingbase.db import db

        # The test's own transaction ends first: on SQLite it would keep the portal from writing.
        # What the test has not committed is lost, as it would be for anybody else.
        db.session.rollback()
        response = Context().run(super().run_wsgi_app, *args, **kwargs)
        db.session.expire_all()
        return response


@dataclass
class Database:
    """A kind of database; `create()` gives the URL of a new one with all tables."""

    kind: str
    server: databases.SqliteServer | databases.PostgresServer
    template: str

    def create(self) -> str:
        return self.server.create(self.template)

    def create_bare(self) -> str:
        """The URL of a new database without tables, for the migrations to fill."""
        return self.server.create()

    def drop(self, url: str) -> None:
        self.server.drop(url)


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory):
    """The instance folder of this test process (uploads, the queue), on one and the same day."""
    folder = tmp_path_factory.mktemp("instance")
    os.environ["TRAININGBASE_HOME"] = str(folder)
    os.environ["TRAININGBASE_TODAY"] = TODAY
    return folder


@pytest.fixture(scope="session")
def database(request, home):
    kind = request.param
    server = databases.SERVERS[kind]()
    try:
        template = server.create()
        build_tables(template, from_models=request.config.getoption("create_all"))
        yield Database(kind, server, template)
    finally:
        server.stop()


def build_tables(url: str, *, from_models: bool) -> None:
    from trainingbase.app import create_app
    from trainingbase.db import db

    app = create_app(DATABASE_URL=url, **SETTINGS)
    with app.app_context():
        if from_models:
            db.create_all()
        else:
            from flask_migrate import upgrade

            upgrade()
        db.session.remove()
        db.engine.dispose()  # closing the last connection folds SQLite's -wal into the file


@pytest.fixture(scope="session")
def portal(database):
    """The app over a database of this test process; use `app`, which also cleans up."""
    from trainingbase.app import create_app
    from trainingbase.db import db

    app = create_app(DATABASE_URL=database.create(), WTF_CSRF_ENABLED=False, **SETTINGS)
    app.test_client_class = Browser
    do_not_wait_for_the_disk(app)
    with app.app_context():
        app.extensions["contents"] = databases.Contents(db.engine, db.metadata)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def do_not_wait_for_the_disk(app):
    from trainingbase.db import db

    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", lambda connection, _record: _relax(connection))


def _relax(connection):
    connection.execute("PRAGMA synchronous = OFF").close()


@pytest.fixture
def app(portal):
    """The portal, in an app context; its tables and its queue are emptied after the test."""
    from trainingbase import queue
    from trainingbase.db import db

    with portal.app_context():
        yield portal
        db.session.rollback()
        db.session.remove()
        portal.extensions["contents"].empty()
        queue.broker().flush()


@pytest.fixture
def client(app):
    """A browser in which nobody has signed in."""
    return app.test_client()
