"""Residents, cohorts, credits and leave."""
