"""What people do about examinations."""
