"""Questions about residents' pictures, warnings and the committee."""
