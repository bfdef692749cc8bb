"""One box that finds people, places and plans, as far as the viewer may see them."""
