"""What no plan can undercut: column generation over whole timetables, and the prices of places."""
