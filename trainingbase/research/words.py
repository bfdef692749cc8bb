"""Fixed words of research and scholarship, in the viewer's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.words import RESEARCH_LEVELS as LEVELS

KINDS = {
    "project": _l("Research project"),
    "paper": _l("Paper"),
    "award": _l("Award"),
    "patent": _l("Patent"),
    "book": _l("Book or chapter"),
    "conference": _l("Conference contribution"),
    "teaching": _l("Teaching done"),
    "improvement": _l("Quality improvement"),
}
ROLES = {
    "leader": _l("leads it"),
    "first": _l("first author"),
    "corresponding": _l("corresponding author"),
    "member": _l("takes part"),
    "speaker": _l("speaks"),
}
STATES = {
    "waiting": _l("Waiting"),
    "approved": _l("Approved"),
    "returned": _l("Returned to change"),
    "replaced": _l("Corrected"),
    "withdrawn": _l("Taken back"),
}
STATE_KINDS = {
    "waiting": "waiting",
    "approved": "good",
    "returned": "bad",
    "replaced": "neutral",
    "withdrawn": "neutral",
}
FIELDS = {
    "kind": _l("Kind of research work"),
    "title": _l("Title"),
    "role": _l("Your part in it"),
    "author_order": _l("Place among the authors"),
    "authors": _l("All authors or members, in order"),
    "venue": _l("Journal, funder, awarding body or audience"),
    "level": _l("Level of the award or project"),
    "reference": _l("DOI, project or certificate number"),
    "done_on": _l("Day it counts by"),
    "ends_on": _l("Ends on"),
    "hours": _l("Hours taught"),
    "note": _l("Note"),
    "evidence": _l("Evidence"),
    "points": _l("Research points"),
}


__all__ = ["FIELDS", "KINDS", "LEVELS", "ROLES", "STATES", "STATE_KINDS", "role_of"]


def role_of(kind: str, role: str, order: int | None) -> str:
    """The part somebody has in a work, with the place among the authors where it is known."""
    if order and kind in ("paper", "book", "patent"):
        if role == "corresponding":
            return _("author number %(number)s, corresponding", number=order)
        return _("author number %(number)s", number=order) if order > 1 else str(ROLES["first"])
    return str(ROLES.get(role, role))
