"""Workbooks brought in: previewed row by row, then confirmed."""
