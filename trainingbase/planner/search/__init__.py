"""Finding lawful plans and making them cheaper: compiled moves over rows, and CP-SAT on parts."""
