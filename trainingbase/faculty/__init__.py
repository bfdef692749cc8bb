"""The faculty roster, posts and certificates."""
