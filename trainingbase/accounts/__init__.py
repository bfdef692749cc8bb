"""Signing in and out, passwords, sessions, languages."""
