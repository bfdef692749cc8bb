"""Why two cannot be made one, in the viewer's language."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.audit.words import SUBJECTS
from trainingbase.i18n import language

REASONS = {
    "people": _l("one of them was merged already"),
    "residents": _l("both have a resident's record: withdraw the one, or correct its ID number"),
    "grants": _l("the one who would go decides or checks here: keep that one"),
    "faculty_members": _l("both are on the faculty roster: take the one off"),
}


def why_not(tables: Iterable[str]) -> str:
    said = [
        str(REASONS.get(one) or _("both have: %(what)s", what=SUBJECTS.get(one, one)))
        for one in tables
    ]
    return ("；" if language() == "zh" else "; ").join(said)
