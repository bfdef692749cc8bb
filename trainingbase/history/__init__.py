"""What every record was before: who changed which field, when, from what, to what, and why."""
