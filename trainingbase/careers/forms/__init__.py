"""What people type about service, careers and awards."""
