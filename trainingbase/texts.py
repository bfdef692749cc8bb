"""Texts as they are kept, wherever they come from."""

import unicodedata


def cleaned(text):
    """Text without control characters (they break exports) and without blanks at its ends."""
    if not isinstance(text, str):
        return text
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip()
