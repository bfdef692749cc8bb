"""Makes the whole base, part after part, each in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from sqlalchemy import func, select, text

from trainingbase.assessments.models import Request, Submission
from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.months import first_of_month, months_later
from trainingbase.people.models import Person
from trainingbase.programmes.models import Programme
from trainingbase.seed import arriving, assessing, base, days, log, outcomes, people, teaching

Say = Callable[[str], None]


class NotEmpty(Exception):
    """There are people in this base already."""


class MadeBefore(Exception):
    """This base holds what the same seed makes."""


@dataclass(frozen=True)
class Size:
    """`entries` of the log and `forms` a month of each resident; a training of `years` that ends
    this month."""

    residents: int = 300
    years: int = 3
    entries: int = 60
    seed: int = 1
    forms: int = 4


def make(size: Size, *, today: date, at: datetime, beside: bool, say: Say) -> dict[str, int]:
    """How many of what were made.  Raises `NotEmpty` unless it may stand `beside` what is there,
    and `MadeBefore`."""
    if not beside and db.session.scalar(select(func.count()).select_from(Person)):
        raise NotEmpty
    code = f"FICTION{size.seed}"
    if db.session.scalar(select(Programme.id).where(Programme.code == code)) is not None:
        raise MadeBefore
    chance = Random(size.seed)  # noqa: S311 (a play, not a secret)
    begins_on = months_later(first_of_month(today), 1 - 12 * size.years)
    where = base.make(code, years=size.years, seed=size.seed, at=at)
    who = people.make(
        where, number=size.residents, begins_on=begins_on, years=size.years, chance=chance, at=at
    )
    say(f"  {len(who.residents)} residents, {len(who.supervisors)} supervisors")
    stays = people.place(where, who, begins_on=begins_on, years=size.years, at=at)
    say(f"  {len(stays)} rotations from {begins_on}")
    made = {"residents": len(who.residents), "placements": len(stays)}
    made["entries"] = log.make(
        where, stays, a_month=size.entries, today=today, chance=chance, say=say
    )
    made["attendances"] = teaching.make(
        where, who, stays, begins_on=begins_on, today=today, chance=chance, at=at, say=say
    )
    made["marks"] = days.make(where, stays, who, today=today, chance=chance, say=say)
    made["arrivals"] = arriving.make(stays, who, today=today, chance=chance, say=say)
    made |= assessing.make(stays, who, a_month=size.forms, today=today, chance=chance, say=say)
    made |= outcomes.make(who, begins_on=begins_on, today=today, chance=chance, at=at, say=say)
    resident = db.session.scalars(select(Resident).limit(1)).one()
    record("seed-base", resident, by=None, at=at, seed=size.seed, **made)
    db.session.commit()
    _settle()
    return made


def _settle() -> None:
    """Let the database know what it holds; PostgreSQL also that all of it can be seen by all, so
    that counting reads indexes alone, as it does in a base that grew; and from where to number."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        is_postgres = connection.dialect.name == "postgresql"
        if is_postgres:
            for table in (Request.__tablename__, Submission.__tablename__):
                connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608
                        f"(SELECT COALESCE(max(id), 0) + 1 FROM {table}), false)"
                    )
                )
        connection.execute(text("VACUUM (ANALYZE)" if is_postgres else "ANALYZE"))
