"""Units, floors, and the parts numbers are about, in the viewer's language."""

from flask_babel import lazy_gettext as _l

PARTS = {
    "faculty": _l("Faculty"),
    "rotations": _l("Rotation plans"),
    "network": _l("The network"),
    "intake": _l("Intake"),
    "leave": _l("Leave"),
    "attendance": _l("Attendance"),
    "training": _l("Teaching activities"),
    "logbook": _l("Log"),
    "assessments": _l("Assessments"),
    "ballots": _l("Anonymous opinions"),
    "exams": _l("Examinations"),
    "leaving": _l("Leaving a department"),
    "judging": _l("Competence committee"),
    "careers": _l("Service, careers and retention"),
    "incentives": _l("Incentives"),
    "mailing": _l("Mail"),
    "targets": _l("Targets of the figures"),
    "other": _l("Other"),
}
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
