"""Judgements about a version's content: values in, values out."""
