"""Editions of the official form, and what the base says and does about them."""

from trainingbase.selfassessment.models.answer import IndicatorEvidence, IndicatorTask, OwnScore
from trainingbase.selfassessment.models.condition import BasicCondition, ConditionMark
from trainingbase.selfassessment.models.edition import (
    EditionVerdict,
    Indicator,
    IndicatorPart,
    OfficialForm,
)
from trainingbase.selfassessment.models.snapshot import Snapshot, SnapshotsStay

__all__ = [
    "BasicCondition",
    "ConditionMark",
    "EditionVerdict",
    "Indicator",
    "IndicatorEvidence",
    "IndicatorPart",
    "IndicatorTask",
    "OfficialForm",
    "OwnScore",
    "Snapshot",
    "SnapshotsStay",
]
