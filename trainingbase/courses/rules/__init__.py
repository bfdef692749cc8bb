"""What may follow what in a resident's course, and what is still missing at its end."""
