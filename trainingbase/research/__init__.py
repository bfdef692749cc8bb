"""Research and scholarship: what residents and faculty did, with evidence and approval."""
