"""Rates, monthly runs, their lines, funding."""
