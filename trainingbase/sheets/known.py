"""What the base already has, as far as imports refer to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from trainingbase.sheets import standards as builtin

if TYPE_CHECKING:
    from trainingbase.sheets.preview import Preview


@dataclass(frozen=True, slots=True)
class Programme:
    """``names`` are all the wordings an office may write for it; ``code`` is one of them."""

    code: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Department:
    institution: str
    name: str
    standards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """What a short name of the plan's legend stands for; no department: not a rotation."""

    short: str
    standard: str | None = None
    institution: str | None = None
    department: str | None = None
    colour: str | None = None

    @property
    def key(self) -> str:
        """``standard|institution|department``, or ``leave:…`` or ``other:…``."""
        if self.department is None and self.standard is None:
            word = "leave" if builtin.is_leave(self.short) else "other"
            return f"{word}:{self.short}"
        return "|".join(part or "" for part in (self.standard, self.institution, self.department))


@dataclass(frozen=True, slots=True)
class Resident:
    name: str
    cohort: int | None = None
    id_no: str | None = None
    programme: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class FacultyMember:
    name: str
    emp_no: str | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """``start`` and ``end`` are ISO days, both on leave."""

    name: str
    cohort: int | None
    kind: str | None
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Known:
    """None means "nobody told me": such references are then not checked.

    ``certificate_years`` and ``pass_mark`` are the thresholds findings are judged by; the portal
    passes those of its database.
    """

    programmes: tuple[Programme, ...] | None = None
    standards: tuple[str, ...] | None = None
    institutions: tuple[str, ...] | None = None
    departments: tuple[Department, ...] | None = None
    legend: tuple[Place, ...] | None = None
    residents: tuple[Resident, ...] | None = None
    faculty: tuple[FacultyMember, ...] | None = None
    leaves: tuple[Leave, ...] = field(default=())
    certificate_years: int = 5
    pass_mark: int = 60
    highest_score: int = 100

    @classmethod
    def from_previews(cls, previews: Iterable[Preview], known: Known | None = None) -> Known:
        """``known`` and what the previews would add to it.

        A roster names people even where their row is refused, so that one bad cell there does
        not make every other file call the person unknown.
        """
        result = known or cls()
        for preview in previews:
            result = result.with_preview(preview)
        return result

    def with_preview(self, preview: Preview) -> Known:
        return replace(
            self,
            programmes=_more(self.programmes, _programmes(preview)),
            standards=_more(self.standards, _standards(preview)),
            institutions=_more(self.institutions, _institutions(preview)),
            departments=_more(self.departments, _departments(preview)),
            legend=_more(self.legend, _legend(preview)),
            residents=_more(self.residents, _residents(preview)),
            faculty=_more(self.faculty, _faculty(preview)),
        )


def _more(old: tuple | None, new: list) -> tuple | None:
    if not new:
        return old
    return tuple(dict.fromkeys([*(old or ()), *new]))


def _programmes(preview: Preview) -> list[Programme]:
    found = []
    for table in preview.tables("requirement"):
        code = table.facts["code"]
        found.append(Programme(code, (code, table.facts["name"], *builtin.names_of(code))))
    return found


def _standards(preview: Preview) -> list[str]:
    return [record["standard"] for record in preview.records("requirement")]


def _institutions(preview: Preview) -> list[str]:
    return [record["name"] for record in preview.records("institution")]


def _departments(preview: Preview) -> list[Department]:
    return [
        Department(record["institution"], record["department"], tuple(record["standard"]))
        for record in preview.records("department")
    ]


def _legend(preview: Preview) -> list[Place]:
    return [
        Place(record["short"], record["standard"], record["institution"], record["department"])
        for record in preview.records("legend")
    ]


def _residents(preview: Preview) -> list[Resident]:
    return [
        Resident(
            row.record["name"],
            row.record.get("cohort"),
            row.record.get("id_no"),
            row.record.get("programme"),
            row.record.get("state"),
        )
        for row in preview.rows
        if row.noun in ("resident", "graduate") and row.record.get("name")
    ]


def _faculty(preview: Preview) -> list[FacultyMember]:
    return [
        FacultyMember(row.record["name"], row.record.get("emp_no"))
        for row in preview.rows
        if row.noun == "faculty" and row.record.get("name")
    ]
