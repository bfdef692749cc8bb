"""A person's calendar feed: its address holds a secret that its owner can renew."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from trainingbase.db import Model


class CalendarFeed(Model):
    """The address is derived from `number` and the installation's secret, so nothing that opens
    the feed is stored; a new number makes the old address dead."""

    __tablename__ = "calendar_feeds"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    number: Mapped[int] = mapped_column(default=1)
    renewed_at: Mapped[datetime]
