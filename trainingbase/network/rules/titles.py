"""Titles of doctors."""

ASSOCIATE = ("主任", "教授")


def is_associate(title: str) -> bool:
    """Associate senior (副高) or above: 副主任医师, 主任医师, 副教授 and the like."""
    return any(word in title for word in ASSOCIATE)
