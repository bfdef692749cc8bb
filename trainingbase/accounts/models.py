"""How a person signs in, and where they are signed in now."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.people.models import Person


class Account(Versioned, Model):
    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    login: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    password_set_at: Mapped[datetime]
    must_change: Mapped[bool] = mapped_column(default=True)
    disabled_at: Mapped[datetime | None]

    # Read through the person by the list of accounts; people know nothing of accounts otherwise.
    person: Mapped[Person] = relationship(backref=backref("account", uselist=False))


class SignIn(Model):
    """A session on the server; the browser's cookie holds a secret whose hash stands here."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str]

    person: Mapped[Person] = relationship()


class FailedSignIn(Model):
    """A wrong password, kept to slow down guessing; by account name and by address."""

    __tablename__ = "failed_sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (
        Index("ix_failed_sign_ins_login_at", "login", "at"),
        Index("ix_failed_sign_ins_address_at", "address", "at"),
    )


class KeptAnswers(Model):
    """What somebody had typed when their session ended, until they come back to the form."""

    __tablename__ = "kept_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    path: Mapped[str]
    answers: Mapped[list]
    kept_at: Mapped[datetime]
