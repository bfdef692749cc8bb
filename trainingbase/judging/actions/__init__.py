"""What people do about judging.  Each action is one transaction."""
