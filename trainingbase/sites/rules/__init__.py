"""Sums and judgements about places and agreements."""
