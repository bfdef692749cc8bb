"""Questions about leave."""
