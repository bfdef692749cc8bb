"""What follows from what: dates and numbers in, reasons out."""
