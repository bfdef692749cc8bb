"""Fixed words of mailing, in the viewer's language."""

from flask_babel import lazy_gettext as _l

STATES = {
    "waiting": _l("Waits to be sent"),
    "sent": _l("Mailed"),
    "failed": _l("Given up"),
}
STATE_KINDS = {"waiting": "waiting", "sent": "good", "failed": "bad"}
CHANNELS = {"mail": _l("Mail"), "chat": _l("Enterprise chat")}
KINDS = {
    "digest": _l("What waits for somebody"),
    "again": _l("What waits for somebody"),
    "summary": _l("What waits in the portal"),
    "report": _l("Report of the base"),
    "alert": _l("What was done to an account"),
    "test": _l("Test mail"),
    "follow-up": _l("Question to a graduate"),
    "promotion": _l("Conditions of a title or honour are met"),
}
