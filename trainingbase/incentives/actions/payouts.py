"""Where people are paid, and the file that tells the bank."""

from collections.abc import Mapping
from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.incentives.models import BankAccount, BankColumn, PlaceAccount, Run
from trainingbase.incentives.queries import places
from trainingbase.people.models import Person


class NotLocked(Exception):
    """Only a locked month is paid."""


def set_account(
    person: Person, *, bank: str, number: str, version: int | None, by: Person, at: datetime
) -> None:
    """The number itself is not written into the trail.  Raises `Stale`."""
    account = db.session.get(BankAccount, person.id)
    if account is None:
        account = BankAccount(person_id=person.id, bank=bank, number=number, changed_at=at)
        db.session.add(account)
    else:
        account.expect(version)
        account.bank, account.number, account.changed_at = bank, number, at
    record("change-bank-account", "incentive_bank_accounts", by=by, at=at, person=person.id,
           ends_in=number[-4:])  # fmt: skip
    db.session.commit()


def set_place_account(
    kind: str, number: int, said: Mapping[str, str], *, version: int | None, by: Person,
    at: datetime,
) -> None:  # fmt: skip
    """Of a department or a site; raises `Stale`."""
    account = places.account_of_place(kind, number)
    if account is None:
        whose = {"department": "department_id", "site": "institution_id"}[kind]
        account = PlaceAccount(**{whose: number}, **said, changed_at=at, changed_by_id=by.id)
        db.session.add(account)
        db.session.flush()
    else:
        account.expect(version)
        for name, value in said.items():
            setattr(account, name, value)
        account.changed_at, account.changed_by_id = at, by.id
    record("change-bank-account", account, by=by, at=at, name=places.place(kind, number).name,
           ends_in=account.number[-4:])  # fmt: skip
    db.session.commit()


def set_columns(headers: Mapping[str, tuple[int, str]], *, by: Person, at: datetime) -> None:
    """Position and header by field; an empty header leaves the column out."""
    for one in db.session.query(BankColumn).all():
        position, header = headers[one.field]
        one.position, one.is_used = position, bool(header)
        one.header = header or one.header
    record("set-bank-columns", "incentive_bank_columns", by=by, at=at,
           columns=[header for _position, header in headers.values() if header])  # fmt: skip
    db.session.commit()


def take_file(run: Run, *, people: int, by: Person, at: datetime) -> None:
    """Note who took it.  Raises `NotLocked`."""
    if not run.is_approved:
        raise NotLocked(run.month_on)
    record("take-bank-file", run, by=by, at=at, month=run.month_on, people=people)
    db.session.commit()
