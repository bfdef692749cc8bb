"""The network at work: places and who stands in them, closures, experts sent, readiness."""
