"""The outbox: each message is a row, tried until it is sent or given up."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person

CHANNELS = ("mail", "chat")


class Message(Model):
    """`kind` is digest, report, test, summary, or what another part of the portal writes.  `key`
    says what it is, so that it is made once.
    `next_try_at` is None once it was sent or given up; `fault` is what went wrong last."""

    __tablename__ = "messages_out"

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    address: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(index=True)
    next_try_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    gave_up_at: Mapped[datetime | None]
    fault: Mapped[str | None]

    person: Mapped[Person | None] = relationship()
    file: Mapped["MessageFile | None"] = relationship(back_populates="message")

    __table_args__ = (
        CheckConstraint(f"channel IN {CHANNELS}", name="channel_is_known"),
        Index(
            "ix_messages_out_to_send",
            "next_try_at",
            sqlite_where=text("next_try_at IS NOT NULL"),
            postgresql_where=text("next_try_at IS NOT NULL"),
        ),
    )

    @property
    def state(self) -> str:
        """sent, failed (given up), waiting."""
        if self.sent_at is not None:
            return "sent"
        return "failed" if self.gave_up_at is not None else "waiting"


class MessageFile(Model):
    """What a mail carries besides its words: never anything that names people."""

    __tablename__ = "message_files"

    message_id: Mapped[int] = mapped_column(ForeignKey("messages_out.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), index=True)

    message: Mapped[Message] = relationship(back_populates="file")
    stored: Mapped[StoredFile] = relationship()


class MailedNotice(Model):
    """A notice that stands in a mail; it stands in no second one."""

    __tablename__ = "mailed_notices"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages_out.id"), index=True)


class MailChoice(Versioned, Model):
    """Where a person wants mail, and whether also of what nobody has to do."""

    __tablename__ = "mail_choices"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    address: Mapped[str]
    all_notices: Mapped[bool] = mapped_column(default=True)

    @property
    def key(self) -> int:
        return self.person_id


class ReportMail(Versioned, Model):
    """Which reports of the base a person is mailed, to the address of their `MailChoice`;
    `with_paper` puts the paper into the mail, otherwise there is a link."""

    __tablename__ = "report_mails"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    monthly: Mapped[bool] = mapped_column(default=False)
    yearly: Mapped[bool] = mapped_column(default=False)
    with_paper: Mapped[bool] = mapped_column(default=False)

    @property
    def key(self) -> int:
        return self.person_id
