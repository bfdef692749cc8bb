"""Handbooks and orders, and the record a handbook is made of."""
