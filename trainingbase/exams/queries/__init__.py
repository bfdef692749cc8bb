"""Questions about examinations."""
