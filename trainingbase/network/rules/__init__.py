"""Who is hit by a change of places, how full a month is, where a site stands on the map, how long
experts were there, and whether a site is ready."""
