"""What the import command asks of the base's own database."""

import os
from datetime import date
from pathlib import Path

from trainingbase import clock
from trainingbase.sheets import Preview


def is_there() -> bool:
    """Whether this installation has a database; asking makes none."""
    if os.environ.get("DATABASE_URL") or os.environ.get("TRAININGBASE_DATABASE_URL"):
        return True
    home = Path(os.environ.get("TRAININGBASE_HOME") or Path.cwd() / "instance")
    return (home / "trainingbase.sqlite").exists()


def rehearse(kind: str, file: Path, day: date) -> Preview | None:
    """What taking the file in would do; None where the base has nothing yet to compare with."""
    from sqlalchemy.exc import DatabaseError

    from trainingbase.cli.database import portal
    from trainingbase.imports import actions, queries

    with portal().app_context():
        try:
            if queries.is_empty():
                return None
        except DatabaseError:  # not migrated yet
            return None
        return actions.rehearse(kind, file.read_bytes(), file.name, on=day, at=clock.now())


def take_in(kind: str, file: Path, day: date) -> tuple[Preview, dict[str, int]]:
    """Bring the file in and confirm it.  Raises what `imports.actions` raises."""
    from trainingbase.cli.database import portal
    from trainingbase.imports import actions
    from trainingbase.imports.models import NotReady

    with portal().app_context():
        content = file.read_bytes()
        preview = actions.rehearse(kind, content, file.name, on=day, at=clock.now())
        import_ = actions.bring_in(kind, content, file.name, on=day, by=None, at=clock.now())
        try:
            return preview, actions.confirm(import_, by=None, at=clock.now())
        except NotReady:
            actions.discard(import_, by=None, at=clock.now())
            raise
