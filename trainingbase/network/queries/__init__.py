"""Questions about the network at work."""
