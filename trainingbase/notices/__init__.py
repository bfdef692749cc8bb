"""The outbox: a notice is a row written in the same transaction; the worker delivers it."""
