"""What a half day is, how days are counted, and what a cell of the month says.  Pure."""
