"""Runs a General Practice residency training base."""
