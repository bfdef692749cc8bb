"""Questions about forms, requests, submissions and examination results."""
