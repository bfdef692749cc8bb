"""What the rows of each kind of workbook become in the base.

Each module has `NEEDS`, the kinds without which its rows cannot be kept, and `keep(workbook, *,
at, by)`, which adds and changes rows in the session and tells each `Wanted` what that did.  It
never commits: a preview is the same work, rolled back.
"""

from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from types import ModuleType

from trainingbase.imports.keeping.wanted import CHANGED, CREATED, UNCHANGED, Wanted, Workbook
from trainingbase.people.models import Person
from trainingbase.sheets import Preview

__all__ = ["CHANGED", "CREATED", "UNCHANGED", "Wanted", "Workbook", "keep", "needs", "only_read"]


def _module(kind: str) -> ModuleType:
    return import_module(f"{__name__}.{kind}")


def needs(kind: str) -> Sequence[str]:
    return _module(kind).NEEDS


def only_read(preview: Preview) -> Workbook:
    """The rows of a workbook that must wait for others: what they do is not known."""
    workbook = Workbook(preview)
    for wanted in workbook.rows:
        wanted.outcome = None
    return workbook


def keep(kind: str, preview: Preview, *, by: Person | None, at: datetime) -> Workbook:
    workbook = Workbook(preview)
    _module(kind).keep(workbook, by=by, at=at)
    return workbook
