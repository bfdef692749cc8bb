"""Leaving a department (出科): the gate, the review by the teaching group, the exit form."""
