"""The fictional county, played for a few months."""
