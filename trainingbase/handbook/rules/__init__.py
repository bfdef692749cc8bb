"""What a handbook holds as data, its checksum, and archives of many."""
