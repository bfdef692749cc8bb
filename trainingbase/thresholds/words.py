"""Units in the viewer's language."""

from flask_babel import lazy_gettext as _l

UNITS = {
    "year": _l("years"),
    "month": _l("months"),
    "day": _l("days"),
    "hour": _l("hours"),
    "second": _l("seconds"),
    "minute": _l("minutes"),
    "person": _l("persons"),
    "bed": _l("beds"),
    "point": _l("points"),
    "%": _l("per cent"),
    "number": _l("number"),
}
