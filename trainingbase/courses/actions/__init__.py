"""What the office does about changes of course.  Each action is one transaction."""

from trainingbase.courses.actions.certifying import Certificate, NumbersRefused, certify
from trainingbase.courses.actions.deciding import EffectChanged, decide, graduate
from trainingbase.courses.actions.proposing import (
    Terms,
    UnknownReason,
    add_reason,
    drop,
    propose,
    use_reason,
)
from trainingbase.courses.actions.undoing import NotTheLast, undo

__all__ = [
    "Certificate",
    "EffectChanged",
    "NotTheLast",
    "NumbersRefused",
    "Terms",
    "UnknownReason",
    "add_reason",
    "certify",
    "decide",
    "drop",
    "graduate",
    "propose",
    "undo",
    "use_reason",
]
