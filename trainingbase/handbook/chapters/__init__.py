"""The chapters of a handbook, in their order: facts and the moment of issue in, blocks out."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from trainingbase.handbook.chapters.achieved import assessments, exams, research
from trainingbase.handbook.chapters.course import changes, completion, credits, person, programme
from trainingbase.handbook.chapters.worked import (
    activities,
    attendance,
    leaves,
    leaving,
    log,
    placements,
)
from trainingbase.paper import Block

Chapter = Callable[[dict[str, Any], datetime], Sequence[Block]]

CHAPTERS: tuple[Chapter, ...] = (
    person,
    programme,
    credits,
    placements,
    attendance,
    leaves,
    leaving,
    log,
    activities,
    assessments,
    exams,
    research,
    changes,
    completion,
)
