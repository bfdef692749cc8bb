"""Curriculum versions, standard departments, minimums."""
