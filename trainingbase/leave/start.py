"""The rules of leave that a new base starts from.

Every number is this portal's choice (S): no national rule of leave in training was found, and
what one hospital has published (up to three days the department, longer the office; leave of
more than three months puts the graduation exam off a year) is that hospital's.
"""

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import LEAVE_KINDS
from trainingbase.leave.models import LeaveRule

EVERY_KIND = {
    "by_residents": True,
    "paid": False,
    "working_days": False,
    "attachment_from_days": 4,
    "extends": True,
    "extends_after_days": 0,
    "in_total": True,
    "supervisor_from_days": 1,
    "secretary_from_days": 1,
    "office_from_days": 4,
}
PARTICULARS = {
    "personal": {"most_days_a_year": 15, "extends_after_days": 30, "attachment_from_days": None},
    "sick": {"extends_after_days": 30, "attachment_from_days": 3},
    "maternity": {"paid": True, "attachment_from_days": 1},
    "marriage": {"paid": True, "most_days_an_event": 15, "attachment_from_days": 1,
                 "extends": False},
    "annual": {"paid": True, "most_days_a_year": 5, "attachment_from_days": None,
               "extends": False, "in_total": False},
    "compensatory": {"paid": True, "attachment_from_days": None, "extends": False,
                     "in_total": False},
    "paternity": {"paid": True, "most_days_an_event": 15, "attachment_from_days": 1,
                  "extends": False},
    "family_planning": {"paid": True, "attachment_from_days": 1, "extends": False},
    "bereavement": {"paid": True, "most_days_an_event": 3, "attachment_from_days": None,
                    "extends": False},
    "abroad": {"attachment_from_days": 1, "office_from_days": 1},
    "study": {"attachment_from_days": 1, "office_from_days": 1},
    "full_time_study": {"attachment_from_days": 1, "office_from_days": 1},
    "radiation": {"paid": True, "attachment_from_days": None, "extends": False},
    "absence": {"by_residents": False, "attachment_from_days": None, "office_from_days": 1},
}  # fmt: skip


def put_rules() -> None:
    """Those that are missing; what the base has set stays.  The caller commits."""
    have = set(db.session.scalars(select(LeaveRule.kind)))
    for kind in LEAVE_KINDS:
        if kind not in have:
            chosen = EVERY_KIND | PARTICULARS[kind]
            db.session.add(LeaveRule(kind=kind, source="Base", confidence="S", **chosen))
