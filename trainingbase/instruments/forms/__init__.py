"""Forms of forms: the one that is answered, and those of the editor."""
