"""Units and floors in the viewer's language."""

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
FLOORED = {
    "small_cell_people": _l(
        "In smaller groups a figure says who is meant, or whoever knows the others can reckon it "
        "out. A larger number hides more."
    ),
}
"""Why a number has a floor, by its key."""
