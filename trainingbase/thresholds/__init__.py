"""Official numbers and limits as data that a base edits."""
