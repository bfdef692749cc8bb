"""What several pages share: who opens them, what things are called, and one activity."""

from collections.abc import Callable

from flask_babel import gettext as _

from trainingbase.access import viewer
from trainingbase.i18n import language, named
from trainingbase.roles import Role
from trainingbase.sites.models import Department
from trainingbase.training.models import Activity
from trainingbase.training.queries import kinds
from trainingbase.training.queries.visible import may_arrange
from trainingbase.training.words import STATE_KINDS, STATES, kind_name

NAMED = (Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR, Role.OFFICE, Role.AUDITOR)
"""Who reads who attended; a resident reads only that they did."""
SEEING = (Role.RESIDENT, *NAMED)
ARRANGING = (Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR, Role.OFFICE)
"""Who may plan; which activities are theirs, `may_arrange` says."""


def namer() -> Callable[[str], str]:
    """What kinds are called in the viewer's language."""
    if language() != "en":
        return str
    english = kinds.english_names()
    return lambda kind: english.get(kind) or kind_name(kind)


def words() -> dict:
    return {"states": STATES, "state_kinds": STATE_KINDS, "kind_name": namer()}


def reads_names(activity: Activity) -> bool:
    """A faculty member in training themselves reads the names only where they spoke."""
    if viewer().holds(*(set(NAMED) - {Role.FACULTY})):
        return True
    return viewer().id in activity.speaker_ids


def arranges(activity: Activity) -> bool:
    return viewer().holds(*ARRANGING) and may_arrange(viewer(), activity)


def place_name(department: Department | None) -> str:
    """Site and department."""
    if department is None:
        return _("Whole base")
    return f"{named(department.institution)} {named(department)}"


def chosen(field):
    """What was chosen; the default where somebody typed something else into the address."""
    return field.data if field.data in {one.value for one in field.choices} else field.default
