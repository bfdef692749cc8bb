"""Questions about arrivals.  `arrival_of` and `on_time` are what other parts ask."""

from trainingbase.entering.queries.arrivals import arrival_of, record_of, records_of
from trainingbase.entering.queries.standings import on_time, waiting_for

__all__ = ["arrival_of", "on_time", "record_of", "records_of", "waiting_for"]
