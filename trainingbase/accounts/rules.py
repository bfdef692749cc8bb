"""Passwords and lock-outs: values in, judgements out."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache

SHORTEST, LONGEST = 15, 128
FREE_TRIES = 5
FREE_TRIES_OF_AN_ADDRESS = 50  # a whole ward shares one address
LONGEST_WAIT = timedelta(minutes=30)
WORN_OUT = frozenset(
    {
        "password",
        "passwort",
        "qwerty",
        "qwertyuiop",
        "123456",
        "12345678",
        "123456789",
        "1234567890",
        "11111111",
        "88888888",
        "admin",
        "administrator",
        "letmein",
        "welcome",
        "iloveyou",
        "woaini",
        "woaini1314",
        "5201314",
        "zhuyuan",
        "yiyuan",
        "zhuyuanyishi",
        "trainingbase",
        "kejiaoke",
    }
)


class WeakPassword(Exception):
    """`reason` is one of: short, long, repeated, common, about_you."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def check_password(password: str, *, context: Iterable[str]) -> None:
    """Raise `WeakPassword` unless it may be used.  Any character may stand in it, blanks too;
    `context` are words about the person and the base that it must not consist of."""
    if len(password) < SHORTEST:
        raise WeakPassword("short")
    if len(password) > LONGEST:
        raise WeakPassword("long")
    if len(set(password)) < 5:
        raise WeakPassword("repeated")
    plain = password.casefold().replace(" ", "")
    if plain in WORN_OUT or any(plain == word * (len(plain) // len(word)) for word in WORN_OUT):
        raise WeakPassword("common")
    for word in context:
        if word and len(word) >= 2 and len(plain.replace(word.casefold(), "")) < 8:
            raise WeakPassword("about_you")


def wait_until(failures: Sequence[datetime], free_tries: int) -> datetime | None:
    """When the next try is taken, after these failures (oldest first); None: now."""
    over = len(failures) - free_tries
    if over < 0:
        return None
    return failures[-1] + min(LONGEST_WAIT, timedelta(minutes=2 ** min(over, 10)))


@cache
def _hasher():
    from argon2 import PasswordHasher, Type

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)


def hashed(password: str) -> str:
    return _hasher().hash(password)


@cache
def _nobodys_hash() -> str:
    return hashed(secrets.token_urlsafe(24))


def fits(password_hash: str | None, password: str) -> bool:
    """Whether it is the password.  Without an account as much work is done as with one."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(password_hash or _nobodys_hash(), password[: LONGEST * 4])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def secret_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def readable_password() -> str:
    """A password to be read out once: 20 signs in fives, none that look alike."""
    signs = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(signs) for _ in range(5)) for _ in range(4))
