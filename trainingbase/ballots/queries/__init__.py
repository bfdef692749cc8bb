"""Questions about ballots; for charts and incentives: figures of released batches only."""

from trainingbase.ballots.queries.figures import (
    Released,
    Total,
    mean_by_teacher,
    places_of_teachers,
    released_means,
    totals,
)

__all__ = [
    "Released",
    "Total",
    "mean_by_teacher",
    "places_of_teachers",
    "released_means",
    "totals",
]
