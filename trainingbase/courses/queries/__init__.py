"""Questions about changes of course, their effects, and graduation."""
