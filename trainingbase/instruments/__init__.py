"""Forms as data: their versions, what they ask, how an answer is judged, and their editor."""
