"""Examinations: sittings with double entry, OSCE sessions, standards, release and appeal."""
