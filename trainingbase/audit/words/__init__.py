"""What the trail's acts and tables are called; an act or table without words shows as its code."""

from trainingbase.audit.words import acts, judging, record
from trainingbase.audit.words.subjects import SUBJECTS

ACTS = {**acts.ACTS, **record.ACTS, **judging.ACTS}

__all__ = ["ACTS", "SUBJECTS"]
