"""What happens to records, obligations, lists and links.  Each action is one transaction."""
