"""What people type about judging."""
