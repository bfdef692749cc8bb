"""Changes of course: transfers, extension, suspension, withdrawal, graduation and its check."""
