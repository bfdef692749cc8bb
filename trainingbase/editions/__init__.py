"""Versions of a programme beside each other, and residents moved from one to another."""
