"""Why a supervisor is proposed, and other words, in the viewer's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.rotations.rules.supervising import Reason

KINDS = {
    "left": _l("Leaves the base"),
    "retired": _l("Retires"),
    "lost": _l("May not supervise any more"),
}
STATES = {
    "need": _l("Without a supervisor, or to be replaced"),
    "arriving": _l("Arriving in these months"),
    "all": _l("Everybody there"),
}
WHYS = {
    "stays": _l("goes on"),
    "known": _l("supervised this resident before"),
    "only": _l("nobody else may"),
    "moved": _l("so that everybody has somebody"),
    "least": _l("has the least to do"),
}


def why(reason: Reason) -> str:
    return _("%(why)s; then %(load)s at once", why=WHYS[reason.code], load=reason.load)
