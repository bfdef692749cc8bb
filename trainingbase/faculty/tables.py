"""The roster as the workbook the import of faculty reads: one row for each post."""

from collections.abc import Iterable

from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.sheets.kinds.faculty import FIELDS
from trainingbase.sheets.write import Table

TITLE = "师资名册"
COLUMNS = (
    "name", "emp_no", "institution", "department", "title", "degree", "scope", "cert_no",
    "cert_level", "cert_date", "primary_years", "max_residents", "note",
)  # fmt: skip
HEADERS = {one.key: one.headers[0] for one in FIELDS}
SECOND = "兼"
"""What the import reads as a second post."""


def of_roster(members: Iterable[FacultyMember], *, private: bool) -> Table:
    """`private`: with the notes."""
    rows = [
        _row(member, post, private=private) for member in members for post in member.posts or [None]
    ]
    return Table(TITLE, [HEADERS[key] for key in COLUMNS], rows)


def _row(member: FacultyMember, post: Post | None, *, private: bool) -> list:
    newest = member.certificates[-1] if member.certificates else None
    first = post is None or not post.is_second
    return [
        member.name,
        member.staff_number,
        post.department.institution.name if post else None,
        post.department.name if post else None,
        member.title,
        member.degree,
        member.scope,
        newest.number if newest else None,
        newest.level if newest else None,
        newest.issued_on if newest else None,
        member.primary_care_years,
        member.most_residents,
        (member.note if private else None) if first else SECOND,
    ]
