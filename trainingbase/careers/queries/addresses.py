"""Where people may be written to with their consent, and what became of what was mailed."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, String, and_, cast, exists, or_, select
from sqlalchemy.orm import aliased

from trainingbase.accounts.models import Account
from trainingbase.careers.models import FollowUp, GraduateAddress
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.mailing.models import MailChoice, Message
from trainingbase.people.models import Person

QUESTION = "follow-up"
"""The kind of a message that asks a graduate."""


def address_for(person_id: int) -> GraduateAddress:
    """Theirs; version 0 and no address where none was given."""
    return db.session.get(GraduateAddress, person_id) or GraduateAddress(
        person_id=person_id, address="", version=0
    )


def addresses_of(person_ids: Iterable[int]) -> dict[int, str]:
    """What somebody chose in the portal (nothing, where they chose none) before what was given for
    graduates; nothing for who took their consent back.  Two statements."""
    ids = set(person_ids)
    given = select(GraduateAddress.person_id, GraduateAddress.address)
    chosen = select(MailChoice.person_id, MailChoice.address)
    agreed = dict(db.session.execute(given.where(GraduateAddress.person_id.in_(ids))).all())
    found = agreed | dict(db.session.execute(chosen.where(MailChoice.person_id.in_(ids))).all())
    return {one: where for one, where in found.items() if where and agreed.get(one) != ""}


def may_be_mailed() -> ColumnElement[bool]:
    """The same as a condition on a follow-up."""
    person = Resident.person_id
    chose = exists().where(MailChoice.person_id == person)
    stopped = exists().where(GraduateAddress.person_id == person, GraduateAddress.address == "")
    return ~stopped & or_(
        exists().where(MailChoice.person_id == person, MailChoice.address != ""),
        and_(
            ~chose,
            exists().where(GraduateAddress.person_id == person, GraduateAddress.address != ""),
        ),
    )


def given_up() -> ColumnElement[bool]:
    """Of a follow-up: the last mail about it was."""
    later = aliased(Message)
    about = f"{QUESTION} " + cast(FollowUp.id, String) + " %"
    return exists().where(
        Message.kind == QUESTION,
        Message.key.like(about),
        Message.gave_up_at.is_not(None),
        ~exists().where(later.kind == QUESTION, later.key.like(about), later.id > Message.id),
    )


def mails_about(tasks: Sequence) -> dict[int, Message]:
    """The last mail about each follow-up, by its id.  One statement."""
    people = {one.resident.person_id for one in tasks}
    rows = db.session.scalars(
        select(Message)
        .where(Message.kind == QUESTION, Message.person_id.in_(people))
        .order_by(Message.id)
    )
    return {int(one.key.split()[1]): one for one in rows}


def with_open_account(person_ids: Iterable[int]) -> set[int]:
    return set(
        db.session.scalars(
            select(Account.person_id).where(
                Account.person_id.in_(set(person_ids)), Account.disabled_at.is_(None)
            )
        )
    )


def people_by_id(ids: Iterable[int]) -> dict[int, Person]:
    return {
        one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(set(ids))))
    }
