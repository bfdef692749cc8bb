"""Who did what, when: a row in the same transaction as the change."""
