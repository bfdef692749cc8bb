"""What the medical community is measured by, and what training adds to it."""
