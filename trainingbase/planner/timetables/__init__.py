"""What each resident could do and does: stays, careers, counting, a plan under search."""
