"""The two JSON formats: problems and plans, read with a place for every fault, and written."""
