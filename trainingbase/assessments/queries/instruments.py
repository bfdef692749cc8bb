"""Questions about forms, where assessments ask them."""

from trainingbase.instruments.queries import (
    all_instruments,
    by_code,
    instrument_by_id,
    instrument_in_use,
    instruments_in_use,
)

__all__ = [
    "all_instruments",
    "by_code",
    "instrument_by_id",
    "instrument_in_use",
    "instruments_in_use",
]
