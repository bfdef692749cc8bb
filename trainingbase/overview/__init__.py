"""The day of each role: what waits, what is late."""
