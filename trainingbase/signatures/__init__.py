"""Electronic signatures: the password typed again over exactly what is signed."""
