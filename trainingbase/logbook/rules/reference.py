"""The number of an admission or a visit, sealed: nobody reads it out of the database, and who has
the number finds what was claimed with it."""

import hashlib
import hmac
import unicodedata


def plain(number: str) -> str:
    """As it is compared: letters and digits only, capitals, half-width, and without the words that
    stand before it (住院号)."""
    narrow = unicodedata.normalize("NFKC", number).upper()
    kept = "".join(c for c in narrow if c.isascii() and c.isalnum())
    return kept if any(c.isdigit() for c in kept) else "".join(c for c in narrow if c.isalnum())


def sealed(number: str | None, *, secret: str) -> str | None:
    """Nothing for an empty number."""
    kept = plain(number or "")
    if not kept:
        return None
    return hmac.new(secret.encode(), f"reference {kept}".encode(), hashlib.sha256).hexdigest()[:40]
