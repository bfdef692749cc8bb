"""Instruments, requests, submissions and examination results."""
