"""Guests whom somebody of the house has to ask: a request that is answered by others."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.assessments.models.guest import GuestLink
from trainingbase.assessments.models.request import Request
from trainingbase.db import Model


class Errand(Model):
    """The request's assessor is who has to ask; it is answered once `wanted` guests have."""

    __tablename__ = "guest_errands"

    request_id: Mapped[int] = mapped_column(ForeignKey("assessment_requests.id"), primary_key=True)
    wanted: Mapped[int]

    request: Mapped[Request] = relationship()
    issued: Mapped[list["ErrandLink"]] = relationship(back_populates="errand")

    __table_args__ = (CheckConstraint("wanted > 0", name="wanted_positive"),)


class ErrandLink(Model):
    """A link that was issued for an errand."""

    __tablename__ = "guest_errand_links"

    link_id: Mapped[int] = mapped_column(ForeignKey("guest_links.id"), primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("guest_errands.request_id"), index=True)

    link: Mapped[GuestLink] = relationship()
    errand: Mapped[Errand] = relationship(back_populates="issued")
