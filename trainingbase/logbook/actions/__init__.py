"""What residents and their supervisors do with the log.  Each action is one transaction."""
