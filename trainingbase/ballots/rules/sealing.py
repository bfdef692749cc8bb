"""Envelopes: what was answered, so that only who holds the key reads it, all of like size.

The stream is SHAKE-256 of key and nonce, the seal HMAC-SHA-256 over nonce and ciphertext with a
second key made of the first.  Nothing here is kept: a key that is destroyed opens nothing more.
"""

import hashlib
import hmac
import json
import secrets
import zlib
from collections.abc import Mapping
from typing import Any

BLOCK = 4096
"""Sizes are rounded up to this, so that a long comment is not known by its length."""
KEY = 32
_NONCE, _TAG, _LENGTH = 16, 32, 4


class DoesNotOpen(Exception):
    """It was sealed with another key, or changed since."""


def seal(key: bytes, content: Mapping[str, Any]) -> bytes:
    packed = zlib.compress(json.dumps(content, ensure_ascii=False).encode(), 9)
    plain = len(packed).to_bytes(_LENGTH, "big") + packed
    plain += bytes(-len(plain) % BLOCK)
    nonce = secrets.token_bytes(_NONCE)
    hidden = _mixed(plain, key, nonce)
    return nonce + _tag(key, nonce + hidden) + hidden


def unseal(key: bytes, sealed: bytes) -> dict[str, Any]:
    """Raises `DoesNotOpen`."""
    nonce, tag = sealed[:_NONCE], sealed[_NONCE : _NONCE + _TAG]
    hidden = sealed[_NONCE + _TAG :]
    if not hmac.compare_digest(tag, _tag(key, nonce + hidden)):
        raise DoesNotOpen
    plain = _mixed(hidden, key, nonce)
    length = int.from_bytes(plain[:_LENGTH], "big")
    return json.loads(zlib.decompress(plain[_LENGTH : _LENGTH + length]))


def _mixed(text: bytes, key: bytes, nonce: bytes) -> bytes:
    stream = hashlib.shake_256(b"ballot stream" + key + nonce).digest(len(text))
    size = len(text)
    return (int.from_bytes(text, "big") ^ int.from_bytes(stream, "big")).to_bytes(size, "big")


def _tag(key: bytes, text: bytes) -> bytes:
    own = hmac.new(key, b"ballot tag", hashlib.sha256).digest()
    return hmac.new(own, text, hashlib.sha256).digest()
