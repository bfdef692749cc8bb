"""Work that must not run in a web request: named jobs, put on a queue after the commit.

The web only names a job; `trainingbase.worker` says what each name does.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from trainingbase import paths

JOBS: dict[str, Callable] = {}
_settings: dict[str, Any] = {"url": "", "in_memory": False}


def configure(*, url: str, in_memory: bool = False) -> None:
    """Say where the queue is.  `in_memory` keeps it in this process, for `work_off` (tests)."""
    _settings.update(url=url, in_memory=in_memory)
    broker.cache_clear()


@cache
def broker():
    """The huey of this installation: SQLite by default, Redis or PostgreSQL by its URL."""
    url = _settings["url"]
    if _settings["in_memory"]:
        from huey import MemoryHuey

        huey = MemoryHuey("trainingbase", immediate=False)
    elif url.startswith(("redis://", "rediss://")):
        from huey import RedisHuey

        huey = RedisHuey("trainingbase", url=url)
    elif url.startswith("postgresql"):
        from huey import PostgresHuey

        # Polled every second: a listening connection would be closed by nobody.
        dsn = url.replace("+psycopg", "", 1)
        huey = PostgresHuey("trainingbase", dsn=dsn, blocking=False)
    else:
        from huey import SqliteHuey

        file = paths.private(paths.instance() / "queue.sqlite")
        huey = SqliteHuey("trainingbase", filename=str(file))
    huey.run_job = huey.task(name="run_job", retries=2, retry_delay=5)(_run_job)
    return huey


def _run_job(name: str, arguments: dict) -> None:
    JOBS[name](**arguments)


def job(name: str) -> Callable:
    """Mark a function as what the job `name` does."""

    def mark(function: Callable) -> Callable:
        JOBS[name] = function
        return function

    return mark


def enqueue(name: str, **arguments) -> None:
    broker().run_job(name, arguments)


def work_off() -> int:
    """Do everything that waits on the queue, in this process; how many jobs that were."""
    done = 0
    while (task := broker().dequeue()) is not None:
        name, arguments = task.args
        JOBS[name](**arguments)
        done += 1
    return done


def enqueue_after_commit(session: Session, name: str, **arguments) -> None:
    """Put the job on the queue once what it works on is saved; a rollback forgets it."""
    target = session() if callable(session) else session
    target.info.setdefault(WAITING, []).append((name, arguments))


WAITING = "jobs waiting for the commit"


@event.listens_for(Session, "after_commit")
def _put_waiting(session: Session) -> None:
    for name, arguments in session.info.pop(WAITING, ()):
        enqueue(name, **arguments)


@event.listens_for(Session, "after_rollback")
def _forget_waiting(session: Session) -> None:
    session.info.pop(WAITING, None)
