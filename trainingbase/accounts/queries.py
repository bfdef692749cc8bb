"""Questions about accounts and sessions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.accounts.models import Account, FailedSignIn, KeptAnswers, SignIn
from trainingbase.accounts.rules import LONGEST_WAIT, secret_hash
from trainingbase.audit.models import Entry
from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.prepared import prepared
from trainingbase.roles import OVERSEERS, Role


def sign_in_by_secret(
    secret: str, *, at: datetime, idle: timedelta, longest: timedelta
) -> tuple[SignIn, Account] | None:
    """The session that is alive and its account, with the person and their grants."""
    asked = _sign_in(secret_hash(secret), at - idle, at - longest)
    row = db.session.execute(*asked).unique().one_or_none()
    return tuple(row) if row else None


@prepared
def _sign_in(hashed: str, seen_after: datetime, started_after: datetime):
    return (
        select(SignIn, Account)
        .join(Account, Account.person_id == SignIn.person_id)
        .join(SignIn.person)
        .options(contains_eager(SignIn.person).joinedload(Person.grants))
        .where(
            SignIn.secret_hash == hashed,
            SignIn.ended_at.is_(None),
            SignIn.seen_at > seen_after,
            SignIn.started_at > started_after,
            Account.disabled_at.is_(None),
        )
    )


def ended_sign_in(secret: str) -> SignIn | None:
    """Whose session it was, whether or not it is alive."""
    return db.session.scalar(select(SignIn).where(SignIn.secret_hash == secret_hash(secret)))


def account_by_login(login: str) -> Account | None:
    return db.session.scalar(
        select(Account).where(Account.login == login).options(joinedload(Account.person))
    )


def account_of(person: Person) -> Account:
    return db.session.scalars(select(Account).where(Account.person_id == person.id)).one()


def account_of_person(person_id: int) -> Account | None:
    """None for somebody who has none."""
    return db.session.scalar(select(Account).where(Account.person_id == person_id))


ON_ACCOUNTS = (
    "open-account", "reset-password", "change-password", "disable-account", "enable-account",
    "sign-in",
)  # fmt: skip
LAST = 20


@dataclass(frozen=True)
class OnAccount:
    """What was done on an account, by whom (None: on the server itself)."""

    act: str
    at: datetime
    by: Person | None


def acts_on(account: Account) -> list[OnAccount]:
    """The last ones, the newest first: whoever else used it shows there."""
    rows = db.session.execute(
        select(Entry.act, Entry.at, Person)
        .outerjoin(Person, Person.id == Entry.by_id)
        .where(
            Entry.subject == Account.__tablename__,
            Entry.subject_id == str(account.id),
            Entry.act.in_(ON_ACCOUNTS),
        )
        .order_by(Entry.id.desc())
        .limit(LAST)
    )
    return [OnAccount(*row) for row in rows]


def failures_of(login: str, *, at: datetime) -> list[datetime]:
    return _failures(FailedSignIn.login == login, at)


def failures_from(address: str, *, at: datetime) -> list[datetime]:
    return _failures(FailedSignIn.address == address, at)


def _failures(which, at: datetime) -> list[datetime]:
    recent = FailedSignIn.at > at - 2 * LONGEST_WAIT
    rows = select(FailedSignIn.at).where(which, recent).order_by(FailedSignIn.at)
    return list(db.session.scalars(rows))


def kept_answers(key: str, person: Person, path: str) -> KeptAnswers | None:
    return db.session.scalar(
        select(KeptAnswers).where(
            KeptAnswers.key_hash == secret_hash(key),
            KeptAnswers.person_id == person.id,
            KeptAnswers.path == path,
        )
    )


def people(*, search: str = "", state: str = "") -> Select[tuple[Person]]:
    """Everyone with their account, if any.  `state`: active, disabled, none, or empty for all."""
    rows = (
        select(Person)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Person.merged_at.is_(None), Person.is_guest.is_(False))
        .options(
            contains_eager(Person.account),  # type: ignore[attr-defined]  # a backref
            selectinload(Person.grants),
        )
    )
    if search:
        rows = rows.where(
            or_(
                called(search),
                Account.login.contains(search, autoescape=True),
            )
        )
    rows = rows.where(
        *{
            "active": [Account.id.is_not(None), Account.disabled_at.is_(None)],
            "disabled": [Account.disabled_at.is_not(None)],
            "none": [Account.id.is_(None)],
        }.get(state, [])
    )
    return rows.order_by(Person.name, Person.id)


def person_without_account(keeper: Person, person_id: int) -> Person:
    """For whom this keeper may open one.  Raises `NoResultFound`."""
    has_one = select(Account.id).where(Account.person_id == Person.id).exists()
    own = (Person.id == person_id, Person.is_guest.is_(False))
    person = db.session.scalars(select(Person).where(*own, ~has_one)).one()
    if not keeps(keeper, person):
        raise NoResultFound
    return person


def keeps(keeper: Person, owner: Person) -> bool:
    """Whether somebody looks after the account of another: with a new password they could decide
    in the other's name, so those who decide and check are the administrator's alone."""
    return keeper.holds(Role.ADMINISTRATOR) or not owner.holds(*OVERSEERS)


def account_kept_by(keeper: Person, account_id: int) -> Account:
    """Raises `NoResultFound`."""
    account = account_by_id(account_id)
    if not keeps(keeper, account.person):
        raise NoResultFound
    return account


def account_by_id(account_id: int) -> Account:
    return db.session.scalars(
        select(Account).where(Account.id == account_id).options(joinedload(Account.person))
    ).one()
