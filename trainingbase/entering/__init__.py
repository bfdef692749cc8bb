"""Entering a department: who arrives, who did not, and what awaits them there."""
