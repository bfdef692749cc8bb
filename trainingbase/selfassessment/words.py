"""Words of the self-assessment, in the viewer's language."""

from flask_babel import lazy_gettext as _l

STATES = {
    "full": ("good", _l("All points")),
    "part": ("warning", _l("Some points")),
    "none": ("bad", _l("No points")),
    "unknown": ("neutral", _l("Not known yet")),
}
FAILED = _l("Below all bars: status in danger")
FIELDS = {
    "name": _l("Its name"),
    "name_en": _l("English name"),
    "points": _l("Score"),
    "settings": _l("Numbers"),
}
TASK_STATES = {"open": _l("Open"), "done": _l("Done"), "all": _l("All")}
ITEM_STATES = {"": _l("All"), **{key: label for key, (_kind, label) in STATES.items()}}
