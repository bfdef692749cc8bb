"""Monthly and yearly reports, kept as they were, and the monthly return to the province."""
