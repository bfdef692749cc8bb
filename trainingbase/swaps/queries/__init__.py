"""Questions about offers, and what would be lawful."""
