"""Residents exchange placements: offers, matches, consent, approval, undoing."""
