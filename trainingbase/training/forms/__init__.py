"""What people type about teaching activities."""
