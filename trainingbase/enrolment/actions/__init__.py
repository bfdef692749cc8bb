"""What the office and residents do to records.  Each action is one transaction."""

from trainingbase.enrolment.actions.credits import (
    MoreThanAsked,
    ask_for_credit,
    decide_credit,
)
from trainingbase.enrolment.actions.records import (
    NumberTaken,
    add_resident,
    change_contacts,
    change_record,
    enrol,
)
from trainingbase.enrolment.actions.terms import (
    Overlaps,
    agree_contract,
    agree_obligation,
    change_contract,
    change_obligation,
)

__all__ = [
    "MoreThanAsked",
    "NumberTaken",
    "Overlaps",
    "add_resident",
    "agree_contract",
    "agree_obligation",
    "ask_for_credit",
    "change_contacts",
    "change_contract",
    "change_obligation",
    "change_record",
    "decide_credit",
    "enrol",
]
