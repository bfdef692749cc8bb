"""The token of a graduate's link: 160 bits that only the portal's key can make.

It is not kept.  The database has its hash, to find the link, and a nonce, from which the key makes
it again when the message is copied: whoever reads the database, or a backup, opens nothing.
"""

import base64
import hashlib
import hmac
import secrets

BYTES = 20
LENGTH = 27


def new_nonce() -> str:
    return secrets.token_hex(16)


def token_of(secret: str, nonce: str) -> str:
    made = hmac.new(secret.encode(), f"graduate-link {nonce}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made[:BYTES]).decode().rstrip("=")


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def may_be(token: str) -> bool:
    """Whether it looks like a token at all."""
    return len(token) == LENGTH and token.isascii()
