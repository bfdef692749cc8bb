"""Questions about what came after the training."""

from trainingbase.careers.queries.staying import retention

__all__ = ["retention"]
