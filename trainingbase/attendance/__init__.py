"""Attendance: the roster of each day, appeals, and the months that departments close."""
