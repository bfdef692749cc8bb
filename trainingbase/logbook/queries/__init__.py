"""Questions about the log."""
