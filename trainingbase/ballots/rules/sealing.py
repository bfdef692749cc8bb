"""Envelopes: what was answered, so that only who holds the key reads it, all of like size.

Sealed by ChaCha20-Poly1305 (RFC 8439) under a random nonce.  Nothing here is kept: a key that is
destroyed opens nothing more.
"""

import json
import secrets
import zlib
from collections.abc import Mapping
from typing import Any

BLOCK = 4096
"""Sizes are rounded up to this, so that a long comment is not known by its length."""
KEY = 32
_NONCE, _LENGTH = 12, 4


class DoesNotOpen(Exception):
    """It was sealed with another key, or changed since."""


def seal(key: bytes, content: Mapping[str, Any]) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    packed = zlib.compress(json.dumps(content, ensure_ascii=False).encode(), 9)
    plain = len(packed).to_bytes(_LENGTH, "big") + packed
    plain += bytes(-len(plain) % BLOCK)
    nonce = secrets.token_bytes(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, None)


def unseal(key: bytes, sealed: bytes) -> dict[str, Any]:
    """Raises `DoesNotOpen`."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        plain = ChaCha20Poly1305(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except (InvalidTag, ValueError) as refused:
        raise DoesNotOpen from refused
    length = int.from_bytes(plain[:_LENGTH], "big")
    return json.loads(zlib.decompress(plain[_LENGTH : _LENGTH + length]))
