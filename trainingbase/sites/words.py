"""What a site's things are called, in the viewer's language."""

from flask_babel import lazy_gettext as _l

EQUIPMENT = {
    "ct": _l("CT"),
    "dr": _l("DR"),
    "ultrasound": _l("Ultrasound"),
    "ecg": _l("ECG"),
    "rehabilitation": _l("Rehabilitation equipment"),
    "other": _l("Other"),
}
TITLES = {
    "senior": _l("Senior title"),
    "associate": _l("Associate senior title"),
    "intermediate": _l("Intermediate title"),
    "junior": _l("Junior title"),
    "none": _l("No title"),
}
QUALIFICATIONS = {
    "doctor": _l("Doctor's degree"),
    "master": _l("Master's degree"),
    "bachelor": _l("Bachelor's degree"),
    "college": _l("Junior college"),
    "other": _l("Other"),
}
VISIT_KINDS = {
    "guidance": _l("Guidance on site"),
    "assessment": _l("Assessment of the site"),
    "meeting": _l("Joint meeting"),
}
AGREEMENT_STATES = {
    "missing": ("bad", _l("No agreement")),
    "none_needed": ("neutral", _l("None needed")),
    "endless": ("good", _l("Without end")),
    "to_come": ("waiting", _l("Not in force yet")),
    "ended": ("bad", _l("Ended")),
    "ending": ("warning", _l("ends soon")),
    "in_force": ("good", _l("In force")),
}
"""The kind of status and its words."""
FIELDS = {
    "name": _l("Its name"),
    "name_en": _l("English name"),
    "level": _l("Level"),
    "address": _l("Address"),
    "beds": _l("Beds"),
    "catchment": _l("Catchment"),
    "contact": _l("Contact"),
    "telephone": _l("Telephone"),
    "map_x": _l("Place on the map, across"),
    "map_y": _l("Place on the map, down"),
    "note": _l("Note"),
    "retired_on": _l("Takes no residents from"),
    "standards": _l("Stands for"),
    "head_name": _l("Head"),
    "head_title": _l("Title of the head"),
    "secretary_name": _l("Secretary"),
    "places": _l("Places"),
    "closure": _l("Closed"),
    "equipment": _l("Equipment"),
    "staff": _l("Staff"),
    "figures": _l("Figures of a year"),
    "agreement": _l("Agreement"),
    "visit": _l("Visit"),
    "most": _l("Most a month"),
    "fewest": _l("Fewest a month"),
}
"""The names of fields in a history."""
