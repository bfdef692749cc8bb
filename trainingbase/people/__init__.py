"""Everyone the portal knows, and what they may do."""
