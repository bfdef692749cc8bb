"""The official self-assessment of the base, computed from what the portal knows."""
