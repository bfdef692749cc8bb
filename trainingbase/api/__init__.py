"""The HTTP API: nothing but translation."""
