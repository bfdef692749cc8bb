"""Plans, placements, the grid, the calendar feed."""
