"""One signature: who signed what, as what, and when."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, event, inspect, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.people.models import Person


class AlreadySigned(Exception):
    """This person has signed this with this meaning; `signature` is it."""

    def __init__(self, signature: "Signature"):
        super().__init__(signature)
        self.signature = signature


class SignaturesStay(Exception):
    """A signature is never changed and never deleted; it can only be withdrawn, once."""


class Signature(Model):
    """`kind` and `subject_id` say what was signed, `meaning` what signing it says, `content` is
    the very content, and `digest` its SHA-256 (see `rules.digest`).  `name` and `role` are the
    signer's on that day.  `seal` covers all but the reference to the signer, which a merge of two
    persons may change.
    """

    __tablename__ = "signatures"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject_id: Mapped[int]
    meaning: Mapped[str]
    content: Mapped[dict] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(index=True)
    signer_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str]
    role: Mapped[str]
    signed_at: Mapped[datetime]
    seal: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_because: Mapped[str | None]

    signer: Mapped[Person] = relationship(foreign_keys=[signer_id])
    withdrawn_by: Mapped[Person | None] = relationship(foreign_keys=[withdrawn_by_id])

    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="digest_is_whole"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_because IS NULL)", name="withdrawal_is_whole"
        ),
        Index("ix_signatures_kind_subject_id", "kind", "subject_id"),
        Index(
            "uq_signatures_standing",
            "kind",
            "subject_id",
            "meaning",
            "signer_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


WITHDRAWING = {"withdrawn_at", "withdrawn_by_id", "withdrawn_because"}


@event.listens_for(Signature, "before_update")
def _stay(_mapper, _connection, row):
    state = inspect(row)
    names = state.mapper.column_attrs.keys()
    changed = {name for name in names if state.attrs[name].history.has_changes()}
    taken_back = state.attrs["withdrawn_at"].history.deleted
    if changed - WITHDRAWING or any(one is not None for one in taken_back or ()):
        raise SignaturesStay(row)


@event.listens_for(Signature, "before_delete")
def _never_go(_mapper, _connection, row):
    raise SignaturesStay(row)


class VerificationMiss(Model):
    """Somebody asked from this address for what was never signed or issued here: kept for a day,
    to stop guessing."""

    __tablename__ = "verification_misses"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_verification_misses_address_at", "address", "at"),)
