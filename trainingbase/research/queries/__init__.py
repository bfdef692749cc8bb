"""Questions about scholarly work."""

from trainingbase.research.queries.counting import (
    approved_between,
    approved_of,
    approved_papers,
    yearly_figures,
)
from trainingbase.research.queries.works import (
    alike,
    all_of,
    claimed_before,
    corrections_of,
    people_to_enter_for,
    person_to_enter_for,
    points_for,
    points_table,
    work_by_key,
    work_for,
    works,
)

__all__ = [
    "alike",
    "all_of",
    "approved_between",
    "approved_of",
    "approved_papers",
    "claimed_before",
    "corrections_of",
    "people_to_enter_for",
    "person_to_enter_for",
    "points_for",
    "points_table",
    "work_by_key",
    "work_for",
    "works",
    "yearly_figures",
]
