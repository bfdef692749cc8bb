"""Times and windows, what is due when, whom it falls to: arithmetic without a database."""
