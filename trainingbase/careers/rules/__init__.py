"""Arithmetic of service, of a breach, of eligibility and of staying: values in, values out."""
