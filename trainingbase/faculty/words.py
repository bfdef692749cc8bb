"""What stands against a faculty member supervising, and other fixed words, in the viewer's
language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.faculty.rules import Against
from trainingbase.i18n import day, last_day

CERTIFICATE_STATES = {
    "valid": _l("Valid"),
    "lapsing": _l("Missing, lapsed or lapsing in 90 days"),
    "lapsed": _l("Lapsed"),
    "none": _l("None"),
}
STATES = {
    "active": _l("Teaching now"),
    "away": _l("Away today"),
    "inactive": _l("Not active any more"),
    "all": _l("All"),
}
ABSENCES = {
    "leave": _l("Leave"),
    "sick": _l("Sick leave"),
    "maternity": _l("Maternity leave"),
    "study": _l("Further study"),
    "posting": _l("Posted elsewhere"),
    "other": _l("Other reason"),
}
FIELDS = {
    "name": _l("Name"),
    "phone": _l("Phone"),
    "staff_number": _l("Staff number"),
    "title": _l("Professional title"),
    "title_on": _l("Title obtained"),
    "degree": _l("Degree"),
    "scope": _l("Scope of practice"),
    "practising_since": _l("Practising since"),
    "primary_care_years": _l("Years in primary care"),
    "most_residents": _l("Most residents at once"),
    "inactive_on": _l("Not active from"),
    "note": _l("Note"),
    "department_id": _l("Department"),
    "is_second": _l("Second post"),
    "number": _l("Number"),
    "level": _l("Level"),
    "issued_on": _l("Issued"),
    "starts_on": _l("From"),
    "ends_on": _l("First day after it"),
    "kind": _l("Kind"),
    "reason": _l("Reason"),
    "withdrawn_at": _l("Withdrawn"),
    "posts": _l("Departments"),
    "certificates": _l("Certificates"),
    "absences": _l("Days away"),
    "scan": _l("Scan"),
    "photo": _l("Photo"),
    "tutor": _l("Tutor"),
}
VALUES = {
    "is_second": {"0": _l("no"), "1": _l("yes")},
    "photo": {"1": _l("kept")},
    "kind": ABSENCES,
}
"""The words of coded values in the history."""

_AGAINST = {
    "no_post": lambda a: _("no post in this department"),
    "post_begins": lambda a: _("post here only from %(day)s", day=day(a.on)),
    "post_ends": lambda a: _("post here ends on %(day)s", day=last_day(a.on)),
    "title": lambda a: _("title below attending physician"),
    "no_certificate": lambda a: _("no certificate"),
    "lapsed": lambda a: (
        _("certificate lapsed on %(day)s", day=day(a.on)) if a.on else _("certificate not valid")
    ),
    "lapses": lambda a: _("certificate lapses on %(day)s", day=day(a.on)),
    "inactive": lambda a: _("not active from %(day)s", day=day(a.on)),
    "away": lambda a: _("away for %(number)s days from %(day)s", number=a.number, day=day(a.on)),
    "full": lambda a: _("limit of %(number)s reached from %(day)s", number=a.number, day=day(a.on)),
}


def against(one: Against) -> str:
    """One reason why not, as people read it."""
    return _AGAINST[one.code](one)
