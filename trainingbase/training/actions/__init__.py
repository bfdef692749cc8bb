"""What happens to teaching activities.  Each action is one transaction."""
