"""Indicators and charts; reads everything, changes nothing of others."""
