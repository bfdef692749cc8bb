"""Why no lawful plan exists, in smallest causes, and remedies that were solved with."""
