"""Sums and judgements about plans: values in, values out."""
