"""Sentences about what the portal does, on the real database, planner and templates."""
