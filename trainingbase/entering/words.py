"""Fixed words about arriving, in the viewer's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.entering.queries.known import Matter
from trainingbase.entering.rules import Bounds
from trainingbase.i18n import day, last_day
from trainingbase.words import LEAVE_KINDS

STATES = {
    "coming": _l("Comes"),
    "due": _l("To be confirmed"),
    "away": _l("Begins with leave"),
    "late": _l("Has not come yet"),
    "missed": _l("Did not come"),
    "arrived": _l("Arrived"),
    "open": _l("Never confirmed"),
}
STATE_KINDS = {
    "coming": "neutral",
    "due": "waiting",
    "away": "info",
    "late": "bad",
    "missed": "bad",
    "arrived": "good",
    "open": "warning",
}
MISSED = {
    "sick": _l("Ill"),
    "elsewhere": _l("Kept in another department"),
    "unreachable": _l("Cannot be reached"),
    "leaving": _l("Gives up the training"),
    "other": _l("Another reason"),
}
FIELDS = {
    "arrived_on": _l("Day of arrival"),
    "supervisor": _l("Supervisor"),
    "beds": _l("Beds in their care"),
    "inducted_on": _l("Day of the induction"),
    "inducted_by": _l("Held by"),
    "items": _l("Gone through"),
    "missed_because": _l("Why they did not come"),
    "missed_note": _l("Note"),
    "place": _l("Where to meet"),
    "meets_at": _l("At what time"),
    "contact": _l("Whom to meet"),
    "telephone": _l("Telephone"),
    "about": _l("What to know (Chinese)"),
    "about_en": _l("What to know (English)"),
    "is_general_practice": _l("Ward of general practice"),
    "papers": _l("Papers to read"),
    "name": _l("Chinese"),
    "name_en": _l("English"),
    "position": _l("Place in the list"),
    "retired": _l("Retired"),
}


def matter_in_words(one: Matter) -> str:
    """What should be known before somebody arrives."""
    if one.kind == "log":
        return _(
            "Log of the last department: %(waiting)s wait, %(returned)s came back",
            waiting=one.waiting,
            returned=one.returned,
        )
    facts = {"what": LEAVE_KINDS[one.code], "first": day(one.first), "last": last_day(one.end)}
    if one.kind == "health":
        return _("Health: %(what)s, %(first)s to %(last)s", **facts)
    if one.kind == "asked":
        return _("Asks for leave: %(what)s, %(first)s to %(last)s", **facts)
    return _("Leave: %(what)s, %(first)s to %(last)s", **facts)


def beds_in_words(against: str, bounds: Bounds) -> str:
    facts = {"least": bounds.least, "most": bounds.most}
    if against == "few":
        return _("fewer beds than %(least)s to %(most)s", **facts)
    return _("more beds than %(least)s to %(most)s", **facts)
