"""What people type about examinations."""
