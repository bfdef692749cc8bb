"""Who is who: people who may be one, what was decided about them, and making one of two."""
