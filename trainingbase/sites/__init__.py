"""Institutions, their departments, places and closures."""
