"""Sums and judgements about the log: values in, values out."""
