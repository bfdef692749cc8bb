"""The lists that the base keeps: reasons for leaving, and counties."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.careers.models import Choice
from trainingbase.db import db
from trainingbase.people.models import Person


class Taken(Exception):
    """The list has this code already."""


def add_choice(
    of: str, code: str, name: str, name_en: str | None, *, by: Person, at: datetime
) -> Choice:
    """Raises `Taken`."""
    made = Choice(of=of, code=code, name=name, name_en=name_en, in_use=True)
    db.session.add(made)
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise Taken from error
    record("change-career-list", made, by=by, at=at, of=of, code=code)
    db.session.commit()
    return made


def use_choice(choice: Choice, *, in_use: bool, by: Person, at: datetime) -> None:
    """It is offered no more, or is again; what refers to it stays."""
    choice.in_use = in_use
    choice.version += 1
    record("change-career-list", choice, by=by, at=at, in_use=in_use)
    db.session.commit()
