"""Fixed words of training, in the viewer's language."""

from flask_babel import lazy_gettext as _l

STATES = {
    "planned": _l("Planned"),
    "waiting": _l("Awaiting approval"),
    "returned": _l("Sent back"),
    "approved": _l("Approved"),
    "cancelled": _l("Cancelled"),
}
STATE_KINDS = {
    "planned": "info",
    "waiting": "waiting",
    "returned": "warning",
    "approved": "good",
    "cancelled": "neutral",
}
DUE = {"due": _l("Held, not handed in yet")}
"""A state that is only looked for: the day has passed and nobody has handed in the list."""
KINDS = {
    "教学查房": _l("Teaching round"),
    "小讲课": _l("Mini-lecture"),
    "病例讨论": _l("Case discussion"),
    "技能床旁教学": _l("Bedside skill teaching"),
    "入院教育": _l("Hospital induction"),
    "入科教育": _l("Department induction"),
}
AUDIENCES = {
    "department": _l("Residents of the department"),
    "year": _l("Residents of one intake"),
    "all": _l("All residents"),
}
HOW = {
    "code": _l("By the code"),
    "speaker": _l("By hand"),
    "correction": _l("Corrected by the office"),
    "import": _l("From a workbook"),
}
HOW_KINDS = {"code": "good", "speaker": "info", "correction": "warning", "import": "neutral"}
KEPT = {
    "kept": _l("Held as due"),
    "missed": _l("Not kept"),
    "open": _l("Not over yet"),
    "not_due": _l("Not due"),
}
KEPT_KINDS = {"kept": "good", "missed": "bad", "open": "waiting", "not_due": "neutral"}
PERIODS = {
    "week": _l("in a week"),
    "fortnight": _l("in two weeks"),
    "month": _l("in a month"),
}
SCOPES = {
    "clinical": _l("Departments of hospitals"),
    "primary": _l("Departments of primary sites"),
    "standard": _l("Departments that stand for"),
    "department": _l("One department"),
}
WEEKDAYS = {
    0: _l("Monday"),
    1: _l("Tuesday"),
    2: _l("Wednesday"),
    3: _l("Thursday"),
    4: _l("Friday"),
    5: _l("Saturday"),
    6: _l("Sunday"),
}
REPEATS = {
    "": _l("Once"),
    "7": _l("Every week"),
    "14": _l("Every two weeks"),
    "28": _l("Every four weeks"),
}
STARS = {
    5: _l("5: very useful"),
    4: _l("4: useful"),
    3: _l("3: fair"),
    2: _l("2: of little use"),
    1: _l("1: of no use"),
}
CLASHES = {
    "speaker": _l("A speaker is busy with it"),
    "room": _l("It is in the same room"),
}
SHEETS = {
    "": _l("None"),
    "teaching_round": _l("Teaching round score sheet"),
    "mini_lecture": _l("Mini-lecture score sheet"),
    "bedside_skill_teaching": _l("Bedside skill teaching score sheet"),
}
FIELDS = {
    "kind": _l("Kind"),
    "topic": _l("Topic"),
    "held_on": _l("Day"),
    "starts_at": _l("Begins at"),
    "hours": _l("Hours"),
    "room": _l("Room"),
    "link": _l("Link"),
    "note": _l("Note"),
    "audience": _l("Meant for"),
    "audience_year": _l("Cohort"),
    "department_id": _l("Department"),
    "speaker_id": _l("Speaker"),
    "others": _l("Further speakers"),
    "joint": _l("Together with"),
    "materials": _l("Materials"),
    "attendances": _l("Who attended"),
    "state": _l("State"),
}
KIND_FIELDS = {
    "name": _l("Name of the kind"),
    "name_en": _l("English name"),
    "minutes": _l("Usual minutes"),
    "sheet": _l("Official score sheet"),
    "is_joint": _l("Held together with other departments"),
    "is_remote": _l("Held by a link"),
    "in_use": _l("In use"),
}
FREQUENCY_FIELDS = {
    "scope": _l("Applies to"),
    "standard": _l("Standard departments whose name contains"),
    "department_id": _l("Department"),
    "times": _l("How often"),
    "period": _l("Period"),
    "in_use": _l("In use"),
    "source": _l("Source"),
}


def kind_name(kind: str) -> str:
    """A base may have kinds of its own; they keep their name."""
    return str(KINDS.get(kind, kind))
