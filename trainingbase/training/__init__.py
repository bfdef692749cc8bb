"""What happened in training: teaching activities and who attended."""
