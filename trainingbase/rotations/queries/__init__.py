"""Questions about plans and placements.  Those with a viewer return only what they may see."""
