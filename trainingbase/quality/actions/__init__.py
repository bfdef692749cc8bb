"""Monthly figures: counting them, anew or where rows have changed, and checking them at night."""

from trainingbase.quality.actions.counting import (
    ask_anew,
    count_anew,
    count_changed,
    span,
    verify,
)

__all__ = ["ask_anew", "count_anew", "count_changed", "span", "verify"]
