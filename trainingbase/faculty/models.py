"""Who teaches, where, and with which certificate."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.people.models import Person
from trainingbase.sites.models import Department


class FacultyMember(Versioned, Model):
    __tablename__ = "faculty_members"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    staff_number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    degree: Mapped[str | None]
    scope: Mapped[str | None]
    primary_care_years: Mapped[int | None]
    most_residents: Mapped[int]
    note: Mapped[str | None]

    person: Mapped[Person] = relationship()
    posts: Mapped[list["Post"]] = relationship(
        back_populates="faculty_member", cascade="all, delete-orphan", order_by="Post.id"
    )
    certificates: Mapped[list["Certificate"]] = relationship(
        back_populates="faculty_member", order_by="Certificate.issued_on"
    )

    __table_args__ = (CheckConstraint("most_residents >= 0", name="most_not_negative"),)

    @property
    def name(self) -> str:
        return self.person.name


class Post(Model):
    """A faculty member teaches in a department; the second one is marked (兼)."""

    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    faculty_member_id: Mapped[int] = mapped_column(ForeignKey("faculty_members.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"), index=True)
    is_second: Mapped[bool] = mapped_column(default=False)

    faculty_member: Mapped[FacultyMember] = relationship(back_populates="posts")
    department: Mapped[Department] = relationship()

    __table_args__ = (UniqueConstraint("faculty_member_id", "department_id"),)


class Certificate(Model):
    """A training certificate of a faculty member (师资证); how long it is valid the base sets."""

    __tablename__ = "certificates"

    id: Mapped[int] = mapped_column(primary_key=True)
    faculty_member_id: Mapped[int] = mapped_column(ForeignKey("faculty_members.id"), index=True)
    number: Mapped[str]
    level: Mapped[str | None]
    issued_on: Mapped[date | None]

    faculty_member: Mapped[FacultyMember] = relationship(back_populates="certificates")

    __table_args__ = (UniqueConstraint("faculty_member_id", "number"),)
