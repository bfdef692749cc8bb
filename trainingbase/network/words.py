"""What the network's things are called, in the viewer's language."""

from flask_babel import lazy_gettext as _l

WORK = {
    "clinic": _l("Clinic"),
    "rounds": _l("Ward rounds"),
    "teaching": _l("Teaching on site"),
}
WEEKDAYS = {
    "": _l("All week"),
    "0": _l("Monday"),
    "1": _l("Tuesday"),
    "2": _l("Wednesday"),
    "3": _l("Thursday"),
    "4": _l("Friday"),
    "5": _l("Saturday"),
    "6": _l("Sunday"),
}
CELLS = {
    "over": ("bad", _l("Too many")),
    "closed": ("info", _l("Closed")),
    "full": ("warning", _l("Full")),
    "free": ("good", _l("Places free")),
    "empty": ("neutral", _l("Nobody planned")),
}
"""The kind of status and its words."""
RULE_KINDS = {
    "department": _l("Standard department"),
    "departments": _l("Departments in the own entity"),
    "from_partners": _l("Departments only partners have, at most"),
    "teachers": _l("Teachers"),
    "teachers_in": _l("Teachers of a standard department"),
    "share_associate": _l("Share of associate senior titles and above, per cent"),
    "certified": _l("Teachers with a valid certificate"),
    "beds": _l("Beds"),
    "catchment": _l("Catchment"),
    "outpatients": _l("Outpatient visits"),
    "emergencies": _l("Emergency visits"),
    "admissions": _l("Admissions"),
    "beds_in": _l("Beds of a department"),
    "outpatients_in": _l("Outpatient visits of a department"),
    "admissions_in": _l("Admissions of a department"),
    "equipment": _l("Equipment"),
    "agreement": _l("Agreement"),
    "visits": _l("Visits in 12 months"),
}
CONFIDENCE = {
    "H": _l("read in the source"),
    "M": _l("secondary source"),
    "S": _l("a choice"),
}
