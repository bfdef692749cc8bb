"""Monthly runs for those who look after the money; one's own lines for everybody paid."""

from trainingbase.incentives.routes import (
    after,
    appraising,
    exports,
    lines,
    months,
    payouts,
    places,
    run,
    schemes,
    supposing,
)
from trainingbase.incentives.routes.blueprint import incentives

__all__ = [
    "after",
    "appraising",
    "exports",
    "incentives",
    "lines",
    "months",
    "payouts",
    "places",
    "run",
    "schemes",
    "supposing",
]
