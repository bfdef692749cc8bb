"""What the trail's acts and tables are called; an act or table without words shows as its code."""

from trainingbase.audit.words import acts, exams, judging, record, subjects

ACTS = {**acts.ACTS, **record.ACTS, **judging.ACTS, **exams.ACTS}
SUBJECTS = {**subjects.SUBJECTS, **exams.SUBJECTS}

__all__ = ["ACTS", "SUBJECTS"]
