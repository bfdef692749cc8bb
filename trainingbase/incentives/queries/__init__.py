"""Questions about rates, what a month's run is computed from, runs, and funding."""
