"""Jobs on each broker: SQLite, the base's PostgreSQL, and Redis (its kin Valkey)."""

import pytest
from sqlalchemy import make_url

from trainingbase import queue
from trainingbase.db import db

done = []


@queue.job("note-for-tests")
def note(word: str) -> None:
    done.append(word)


@pytest.fixture(params=["of the base", "redis"])
def broker(request, app, database):
    """The queue of an installation on this database, or on a Redis beside it."""
    if request.param == "redis":
        url = request.getfixturevalue("valkey_url")
    else:
        url = "" if database.kind == "sqlite" else plain(app.config["SQLALCHEMY_DATABASE_URI"])
    queue.configure(url=url)
    done.clear()
    yield queue.broker()
    queue.broker().storage.flush_all()
    queue.broker().storage.close()
    queue.configure(url="", in_memory=True)


def plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def test_a_job_waits_until_the_worker_takes_it(broker):
    queue.enqueue("note-for-tests", word="hello")
    assert done == []
    assert queue.work_off() == 1
    assert done == ["hello"]


def test_a_job_is_queued_only_once_its_row_is_saved(app):
    done.clear()
    queue.enqueue_after_commit(db.session, "note-for-tests", word="saved")
    assert queue.work_off() == 0
    db.session.commit()
    assert queue.work_off() == 1


def test_a_rollback_forgets_the_job(app):
    db.session.connection()
    queue.enqueue_after_commit(db.session, "note-for-tests", word="never")
    db.session.rollback()
    db.session.commit()
    assert queue.work_off() == 0


def test_the_worker_knows_every_job_that_is_asked_for(app):
    import re

    import trainingbase.worker  # noqa: F401
    from trainingbase import paths

    named = set()
    for file in paths.PACKAGE.rglob("*.py"):
        named |= set(
            re.findall(r"enqueue(?:_after_commit)?\([^\"]*\"([a-z-]+)\"", file.read_text())
        )
    assert named
    assert named <= set(queue.JOBS)
