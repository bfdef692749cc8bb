"""The teaching group (教学小组) of a department or of a standard department."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.faculty.models import FacultyMember
from trainingbase.programmes.models import StandardDepartment
from trainingbase.sites.models import Department

DUTIES = ("leader", "deputy", "member")
MAY_SIGN = ("leader", "deputy")


class TeachingGroup(Versioned, Model):
    """Of one department; or of a standard department, for those departments without their own."""

    __tablename__ = "teaching_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), unique=True)
    standard_department_id: Mapped[int | None] = mapped_column(
        ForeignKey("standard_departments.id"), unique=True
    )

    department: Mapped[Department | None] = relationship()
    standard_department: Mapped[StandardDepartment | None] = relationship()
    members: Mapped[list["GroupMember"]] = relationship(
        back_populates="group", order_by="GroupMember.starts_on, GroupMember.id"
    )

    __table_args__ = (
        CheckConstraint(
            "(department_id IS NULL) <> (standard_department_id IS NULL)", name="of_one_department"
        ),
    )

    @property
    def of(self) -> Department | StandardDepartment:
        found = self.department or self.standard_department
        assert found is not None
        return found


class GroupMember(Versioned, Model):
    """`duty` is leader, deputy (signs where the leader cannot) or member; `ends_on` exclusive."""

    __tablename__ = "teaching_group_members"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("teaching_groups.id"))
    faculty_member_id: Mapped[int] = mapped_column(ForeignKey("faculty_members.id"), index=True)
    duty: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    group: Mapped[TeachingGroup] = relationship(back_populates="members")
    faculty_member: Mapped[FacultyMember] = relationship()

    __table_args__ = (
        UniqueConstraint("group_id", "faculty_member_id", "starts_on"),
        CheckConstraint("duty IN ('leader', 'deputy', 'member')", name="duty_is_known"),
        CheckConstraint("ends_on IS NULL OR starts_on < ends_on", name="starts_before_it_ends"),
    )

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)
