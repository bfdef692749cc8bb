"""Texts as they are kept, wherever they come from."""

import unicodedata


def cleaned(text):
    """Text without control characters (they break exports) and without blanks at its ends."""
    if not isinstance(text, str):
        return text
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def in_one_line(text):
    """Text with blanks where a line would end: a name with two lines breaks what it stands in."""
    return " ".join(text.splitlines()).replace("\t", " ") if isinstance(text, str) else text
