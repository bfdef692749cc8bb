"""Who may see and change what: one table that people read and the tests hold the routes to."""
