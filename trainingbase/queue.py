"""Work that must not run in a web request: named jobs, put on a queue after the commit.

The web only names a job; `trainingbase.worker` says what each name does.
"""

from collections.abc import Callable
from functools import cache

from sqlalchemy import event
from sqlalchemy.orm import Session

from trainingbase import paths

JOBS: dict[str, Callable] = {}
_settings = {"url": "", "immediate": False}


def configure(*, url: str, immediate: bool = False) -> None:
    """Say where the queue is.  `immediate` runs a job at once, in this process (tests)."""
    _settings.update(url=url, immediate=immediate)
    broker.cache_clear()


@cache
def broker():
    """The huey of this installation: SQLite by default, Redis or PostgreSQL by its URL."""
    url = _settings["url"]
    if url.startswith(("redis://", "rediss://")):
        from huey import RedisHuey

        huey = RedisHuey("trainingbase", url=url, immediate=_settings["immediate"])
    elif url.startswith("postgresql"):
        from huey.contrib.sql_huey import SqlHuey

        huey = SqlHuey("trainingbase", database=url, immediate=_settings["immediate"])
    else:
        from huey import SqliteHuey

        file = paths.instance() / "queue.sqlite" if not _settings["immediate"] else ":memory:"
        huey = SqliteHuey(
            "trainingbase", filename=str(file), fsync=True, immediate=_settings["immediate"]
        )
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


def enqueue_after_commit(session: Session, name: str, **arguments) -> None:
    """Put the job on the queue once what it works on is saved; a rollback forgets it."""
    target = session() if callable(session) else session

    def put(_session):
        forget()
        enqueue(name, **arguments)

    def forget(*_):
        for moment, listener in (("after_commit", put), ("after_rollback", forget)):
            if event.contains(target, moment, listener):
                event.remove(target, moment, listener)

    event.listen(target, "after_commit", put)
    event.listen(target, "after_rollback", forget)
