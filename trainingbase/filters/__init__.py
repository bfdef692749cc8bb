"""Filters of a list that somebody wants again, under a name."""
