"""Everyone the portal knows, and the roles they hold."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from trainingbase.db import Model, Versioned
from trainingbase.people.rules import sounds_of
from trainingbase.roles import Role


class Person(Versioned, Model):
    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    name_en: Mapped[str | None]
    sounds: Mapped[str] = mapped_column(default="", index=True)
    """How the name is read, for searching; follows the name by itself."""
    phone: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="zh")
    left_on: Mapped[date | None]
    merged_at: Mapped[datetime | None]
    """Since when this row stands for nobody: another row has taken over what referred to it."""
    is_guest: Mapped[bool] = mapped_column(default=False, server_default="0")
    """Answered once by a link, without an account: stands in no list of people."""

    grants: Mapped[list["Grant"]] = relationship(
        back_populates="person",
        cascade="all, delete-orphan",
        foreign_keys="Grant.person_id",
    )

    __table_args__ = (CheckConstraint("language IN ('zh', 'en')", name="language_is_known"),)

    @validates("name")
    def _hear(self, _key: str, name: str) -> str:
        self.sounds = sounds_of(name)
        return name

    # What Flask-Login asks; a Person is only ever the viewer once signed in.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(grant.role) for grant in self.grants)

    def holds(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def department_ids(self) -> tuple[int, ...]:
        """The departments this person is secretary of."""
        return tuple(g.department_id for g in self.grants if g.department_id is not None)

    @property
    def institution_ids(self) -> tuple[int, ...]:
        """The institutions this person coordinates."""
        return tuple(g.institution_id for g in self.grants if g.institution_id is not None)


class Grant(Model):
    """A role held by a person; a secretary's for one department, a coordinator's for one site."""

    __tablename__ = "grants"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    person: Mapped[Person] = relationship(back_populates="grants", foreign_keys=[person_id])

    __table_args__ = (
        CheckConstraint("(role = 'secretary') = (department_id IS NOT NULL)", name="secretary"),
        CheckConstraint(
            "(role = 'site_coordinator') = (institution_id IS NOT NULL)", name="coordinator"
        ),
        UniqueConstraint("person_id", "role", "department_id", "institution_id"),
        Index(
            "uq_grants_person_id_role_unscoped",
            "person_id",
            "role",
            unique=True,
            sqlite_where=(department_id.is_(None) & institution_id.is_(None)),
            postgresql_where=(department_id.is_(None) & institution_id.is_(None)),
        ),
    )
