"""Somebody else was faster."""


class Stale(Exception):
    """Somebody else changed the row after this person opened it; nothing was saved."""

    def __init__(self, row):
        super().__init__(row)
        self.row = row
