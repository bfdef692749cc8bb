"""What of an address is worth keeping."""

from urllib.parse import parse_qsl, urlencode

MOST = 20
PASSING = {"page", "part", "poll"}
"""Answers that say where somebody stands in a list, not what they are looking for."""


def kept(query: str) -> str:
    """The answers of an address that make its filter; empty when nothing is chosen."""
    try:
        pairs = parse_qsl(query, max_num_fields=100)
    except ValueError:  # more than anybody has chosen
        return ""
    return urlencode([(name, value) for name, value in pairs if name not in PASSING and value])
