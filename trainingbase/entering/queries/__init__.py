"""Questions about arrivals.  `arrival_of` is what other parts ask."""

from trainingbase.entering.queries.arrivals import arrival_of, record_of, records_of

__all__ = ["arrival_of", "record_of", "records_of"]
