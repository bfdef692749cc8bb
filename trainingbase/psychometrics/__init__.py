"""PURE. Numbers in, reliability out."""
